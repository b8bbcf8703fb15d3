/* SPDX-License-Identifier: ISC
 * The memory server's store: every free run of RAM is one unmapped MEM frame of init's, in a set of init_runs.h.  Hands out
 * zeroed frames of exactly what was asked, merges what comes back.  Clients get the lowest that fits, init itself and its room for
 * records the highest, so that what stays lies at the ends.  The nodes of the sets lie in pages of their own, which come from what is
 * free and go back to it: a run that comes back always finds a node, and brings memory for the next.
 * Under its lock it makes calls only, and uses nothing of the library, whose own pool is served from here. */
#include <string.h>
#include "init.h"
#include "init_runs.h"

#define WINDOW_VA (USER_END - L2_SPAN)
#define ROOM_VA                                                                                                        \
	((uintptr_t)0x7c000000) /* of the nodes, at the end of what vm_map has; enough for all that may be in pieces */
#define ROOM_SPANS   16
#define SPAN_PAGES   (L2_SPAN / PAGE_SIZE)
#define ROOM_LEAST   8  /* nodes that one operation may use, with a margin */
#define ROOM_LOW     16 /* nodes that are spare between operations */
#define ROOM_PAGE    (PAGE_SIZE / sizeof(struct run))
#define CREDITS_LOW  64 /* free ones */
#define CREDITS_MOST 512
#define CREDITS_PAGE 63 /* that a donated page brings */
#define DONATE_PAGES 4
#define POOL_LEAST   (256 * 1024)

static struct mutex lock = MUTEX_INIT;
static struct mutex zero_lock = MUTEX_INIT; /* of WINDOW_ZERO */

/* under the lock */
static struct run_room room = {.node = (struct run *)ROOM_VA};
static struct runs runs, donated, devices; /* free memory; init's RECORDS frames; what is here of devices */
static size_t room_pages;
static int room_table[ROOM_SPANS];
static struct frame start; /* when there are no nodes yet: what pages are cut from */
static uint64_t total;
static int window; /* f_id of the L2 of the windows */
static int started;

/** Puts a run into a set, joined with what it touches within pages [low, high). */
static void set_put(struct runs *set, int f_id, uint32_t page, uint32_t n, uint32_t low, uint32_t high)
{
	const struct run *near = page > low ? runs_before(set, page - 1) : NULL;
	struct run taken;

	if (near && near->page + near->n == page && frame_merge(near->f_id, f_id) >= 0) {
		runs_take(set, near->page, &taken);
		f_id = taken.f_id;
		page = taken.page;
		n += taken.n;
	}
	near = page + n < high ? runs_after(set, page + n) : NULL;
	if (near && near->page == page + n && frame_merge(f_id, near->f_id) >= 0) {
		runs_take(set, near->page, &taken);
		n += taken.n;
	}
	runs_add(set, page, n, f_id);
}

static void run_put(int f_id, uint32_t page, uint32_t n)
{
	set_put(&runs, f_id, page, n, 0, UINT32_MAX);
	if (runs.pages * PAGE_SIZE > total)
		total = runs.pages * PAGE_SIZE;
}

/** Cuts pages [start, start + n) out of a run.  The frame's id, or the error of a split; then all is put back. */
static int run_carve(const struct run *run, uint32_t first, uint32_t n)
{
	uint32_t low = first - run->page, high = run->page + run->n - first - n;
	struct run r;
	int f_id, rest = 0;

	runs_take(&runs, run->page, &r);
	f_id = r.f_id;
	if (low)
		f_id = frame_split(r.f_id, (size_t)low * PAGE_SIZE);
	if (f_id > 0 && high)
		rest = frame_split(f_id, (size_t)n * PAGE_SIZE);
	if (f_id < 0 || rest < 0) {
		if (low && f_id > 0)
			frame_merge(r.f_id, f_id);
		runs_add(&runs, r.page, r.n, r.f_id);
		return f_id < 0 ? f_id : rest;
	}
	if (low)
		runs_add(&runs, r.page, low, r.f_id);
	if (high)
		runs_add(&runs, first + n, high, rest);
	return f_id;
}

static int pages_low(uint32_t n, unsigned align, uint64_t below)
{
	const struct run *run = runs_find(&runs, n, align, below);

	return run ? run_carve(run, run_start(run->page, align), n) : ERR_MEMORY;
}

static int pages_high(uint32_t n, unsigned align)
{
	const struct run *run = runs_find_high(&runs, n, align);

	return run ? run_carve(run, (run->page + run->n - n) & ~((1u << align) - 1), n) : ERR_MEMORY;
}

/* ---- room for nodes ---- */

static int page_own(void)
{
	if (!start.f_id)
		return pages_high(1, 0);
	start.len -= PAGE_SIZE;
	return frame_split(start.f_id, start.len);
}

static void page_back(int f_id)
{
	struct frame f;

	if (frame_info(f_id, &f) >= 0)
		run_put(f_id, (uint32_t)(f.pa / PAGE_SIZE), 1);
}

/** An L2 of mine over the span at va.  ERR_MEMORY · ERR_RECORDS. */
static int span_table(uintptr_t va)
{
	int page = page_own(), r;

	if (page < 0)
		return page;
	r = frame_table(page, FRAME_L2);
	if (r >= 0)
		r = frame_map(boot_page->l1, page, va, 0, 0, F_MAP_TABLE);
	if (r >= 0)
		return page;
	frame_table(page, FRAME_MEM);
	page_back(page);
	return r;
}

static int room_grow(void)
{
	size_t span = room_pages / SPAN_PAGES;
	int page, r;

	if (span == ROOM_SPANS)
		return ERR_MEMORY;
	if (!room_table[span]) {
		r = span_table(ROOM_VA + span * L2_SPAN);
		if (r < 0)
			return r;
		room_table[span] = r;
	}
	page = page_own();
	if (page < 0)
		return page;
	r = frame_map(room_table[span], page, room_pages % SPAN_PAGES * PAGE_SIZE, 0, 0,
		F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE);
	if (r < 0) {
		page_back(page);
		return r;
	}
	room_pages++;
	room.most = room_pages * PAGE_SIZE / sizeof(struct run);
	return 0;
}

/** Takes the last page out; the nodes that are in use lie before it. */
static void room_shrink(void)
{
	size_t last = room_pages - 1;
	struct mapping m;

	if (vspace_resolve(room_table[last / SPAN_PAGES], last % SPAN_PAGES * PAGE_SIZE, &m) < 0)
		return;
	frame_unmap(0, m.f_id, 0, 0);
	room_pages = last;
	room.most = room_pages * PAGE_SIZE / sizeof(struct run);
	page_back(m.f_id);
}

/* ---- upkeep: nodes and credits, neither too few nor too many ---- */

static void credits_more(void)
{
	uint32_t n = DONATE_PAGES;
	int f_id = pages_high(n, 0);
	struct frame f;

	if (f_id < 0)
		f_id = pages_high(n = 1, 0);
	if (f_id < 0 || frame_info(f_id, &f) < 0)
		return;
	if (frame_donate(f_id) < 0)
		run_put(f_id, (uint32_t)(f.pa / PAGE_SIZE), n);
	else
		runs_add(&donated, (uint32_t)(f.pa / PAGE_SIZE), n, f_id);
}

/** Turns one of init's RECORDS frames back, the lowest, if enough free credits stay. */
static void credits_less(int credits)
{
	const struct run *run = runs_after(&donated, 0);
	uint64_t free = credits < CREDITS_MOST ? 0 : (uint64_t)(credits - CREDITS_MOST);
	struct run r;

	if (run && free < (uint64_t)run->n * CREDITS_PAGE)
		run = runs_before(&donated, UINT32_MAX);
	if (!run || free < (uint64_t)run->n * CREDITS_PAGE || frame_table(run->f_id, FRAME_MEM) < 0)
		return;
	runs_take(&donated, run->page, &r);
	run_put(r.f_id, r.page, r.n);
}

static void store_upkeep(void)
{
	const struct proc_info *info = (const struct proc_info *)BOOT_INFO_VA;

	while (room.most - room.n < ROOM_LOW && room_grow() >= 0)
		;
	if (room.most - room.n > 2 * ROOM_PAGE + ROOM_LOW)
		room_shrink();
	if (info->credits < CREDITS_LOW)
		credits_more();
	else
		credits_less(info->credits);
}

/* ---- the start ---- */

static int is_free_at_start(const struct frame *f)
{
	return f->kind == FRAME_MEM && !f->maps && f->f_id != boot_page->archive;
}

/** Finds what is free when the machine starts: memory that is mapped nowhere and is not the boot archive, and devices. */
static void store_start(void)
{
	struct frame f;

	started = 1;
	for (int id = frame_next(0, 0); id > 0; id = frame_next(0, id))
		if (frame_info(id, &f) >= 0 && is_free_at_start(&f) && f.len >= start.len)
			start = f;
	runs_start(&runs, &room);
	runs_start(&donated, &room);
	runs_start(&devices, &room);
	window = span_table(WINDOW_VA);
	while (room.most < ROOM_LOW + BOOT_DEVICES && room_grow() >= 0)
		;
	start.f_id = 0;
	for (int id = frame_next(0, 0); id > 0; id = frame_next(0, id)) {
		if (frame_info(id, &f) < 0)
			continue;
		if (is_free_at_start(&f))
			run_put(id, (uint32_t)(f.pa / PAGE_SIZE), (uint32_t)(f.len / PAGE_SIZE));
		if (room.most - room.n < ROOM_LOW)
			room_grow();
	}
	for (int i = 0; i < boot_page->device_n; i++)
		runs_add(&devices, boot_page->device[i].pa / PAGE_SIZE, boot_page->device[i].len / PAGE_SIZE,
			boot_page->device[i].f_id);
	store_upkeep();
}

/* ---- windows ---- */

static void *window_map(size_t at, int f_id, size_t offset, size_t len)
{
	int r = frame_map(window, f_id, at, offset, len, F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE);

	return r < 0 ? NULL : (void *)(WINDOW_VA + at);
}

int mem_zero(size_t at, size_t window_len, int f_id, size_t len)
{
	size_t n;

	for (size_t done = 0; done < len; done += n) {
		void *va;

		n = len - done < window_len ? len - done : window_len;
		va = window_map(at, f_id, done, n);
		if (!va)
			return ERR_RECORDS;
		memset(va, 0, n);
		frame_unmap(window, f_id, at, n);
	}
	return 0;
}

void *window_open(size_t at, int f_id, size_t len)
{
	return window_map(at, f_id, 0, len);
}

void window_close(size_t at, size_t len)
{
	frame_unmap(window, 0, at, len);
}

/* ---- memory ---- */

static int store_take(uint32_t n, unsigned align, uint64_t below, uint64_t keep)
{
	int f_id;

	if (!started)
		store_start();
	if (room.most - room.n < ROOM_LEAST)
		return ERR_MEMORY;
	if (runs.pages < n + keep)
		return ERR_MEMORY;
	f_id = keep || below != UINT64_MAX ? pages_low(n, align, below) : pages_high(n, align);
	store_upkeep();
	return f_id;
}

int mem_take(size_t len, size_t align, uint32_t below, size_t keep)
{
	unsigned order = 0;
	int f_id;

	if (align & (align - 1) || (align && align < PAGE_SIZE))
		return ERR_ALIGN;
	if (!len || len % PAGE_SIZE)
		return ERR_RANGE;
	while ((size_t)PAGE_SIZE << order < align)
		order++;
	mutex_lock(&lock);
	f_id = store_take((uint32_t)(len / PAGE_SIZE), order, below ? below / PAGE_SIZE : UINT64_MAX, keep / PAGE_SIZE);
	mutex_unlock(&lock);
	return f_id;
}

int mem_get(size_t len, size_t align, uint32_t below, size_t keep)
{
	int f_id = mem_take(len, align, below, keep), r;

	if (f_id < 0)
		return f_id;
	mutex_lock(&zero_lock);
	r = mem_zero(WINDOW_ZERO, WINDOW_ZERO_LEN, f_id, len);
	mutex_unlock(&zero_lock);
	if (r >= 0)
		return f_id;
	mem_put(f_id);
	return r;
}

int mem_put(int f_id)
{
	struct frame f;
	int r = frame_info(f_id, &f);

	if (r < 0)
		return r;
	if (f.kind != FRAME_MEM || f.maps)
		return ERR_KIND;
	mutex_lock(&lock);
	if (room.n < room.most)
		run_put(f_id, (uint32_t)(f.pa / PAGE_SIZE), (uint32_t)(f.len / PAGE_SIZE));
	else
		r = ERR_MEMORY;
	store_upkeep();
	mutex_unlock(&lock);
	return r;
}

int mem_put_records(int f_id)
{
	struct frame f;
	int r = frame_info(f_id, &f);

	if (r < 0)
		return r;
	mutex_lock(&lock);
	if (room.n < room.most)
		runs_add(&donated, (uint32_t)(f.pa / PAGE_SIZE), (uint32_t)(f.len / PAGE_SIZE), f_id);
	else
		r = ERR_MEMORY;
	store_upkeep();
	mutex_unlock(&lock);
	return r;
}

int mem_put_device(int f_id, const struct boot_device *d)
{
	uint32_t first = d->pa / PAGE_SIZE, end = first + d->len / PAGE_SIZE;
	const struct run *run;
	struct frame f;
	int r = frame_info(f_id, &f);

	if (r < 0)
		return r;
	mutex_lock(&lock);
	if (room.most - room.n < ROOM_LEAST) {
		r = ERR_MEMORY;
	} else {
		set_put(&devices, f_id, (uint32_t)(f.pa / PAGE_SIZE), (uint32_t)(f.len / PAGE_SIZE), first, end);
		run = runs_before(&devices, first);
		r = run && run->page == first && run->n == end - first;
	}
	store_upkeep();
	mutex_unlock(&lock);
	return r;
}

int mem_take_device(const struct boot_device *d)
{
	const struct run *run;
	struct run taken;
	int f_id = ERR_BUSY;

	mutex_lock(&lock);
	run = runs_before(&devices, d->pa / PAGE_SIZE);
	if (run && run->page == d->pa / PAGE_SIZE && run->n == d->len / PAGE_SIZE) {
		runs_take(&devices, run->page, &taken);
		f_id = taken.f_id;
	}
	mutex_unlock(&lock);
	return f_id;
}

/* ---- looking ---- */

void mem_info(struct mem_info *out)
{
	mutex_lock(&lock);
	out->free = runs.pages * PAGE_SIZE;
	out->total = total;
	out->largest = runs.root ? (uint64_t)runs.root->fit[0] * PAGE_SIZE : 0;
	out->frames = runs.n + donated.n + devices.n;
	mutex_unlock(&lock);
}

int mem_short(void)
{
	const struct proc_info *info = (const struct proc_info *)BOOT_INFO_VA;

	return info->credits < CREDITS_LOW / 2 || (started && runs.pages < MEM_KEEP / PAGE_SIZE);
}

static int set_has(const struct runs *set, uint32_t page)
{
	const struct run *run = runs_before(set, page);

	return run && run->page + run->n > page;
}

int mem_is_free(size_t pa)
{
	int is_free;

	mutex_lock(&lock);
	is_free = set_has(&runs, (uint32_t)(pa / PAGE_SIZE));
	mutex_unlock(&lock);
	return is_free;
}

int mem_has(size_t pa)
{
	uint32_t page = (uint32_t)(pa / PAGE_SIZE);
	int has;

	mutex_lock(&lock);
	has = set_has(&runs, page) || set_has(&donated, page) || set_has(&devices, page);
	mutex_unlock(&lock);
	return has;
}

/* ---- the library's pool in this process ---- */

/** It gets its memory here; in larger pieces, so that it asks rarely. */
int page_more(size_t len, size_t align, uint32_t below)
{
	int f_id = len < POOL_LEAST ? mem_get(POOL_LEAST, align, below, 0) : ERR_MEMORY;

	return f_id > 0 ? f_id : mem_get(len, align, below, 0);
}

int page_less(int f_id)
{
	return frame_home(f_id);
}
