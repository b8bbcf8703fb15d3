/* SPDX-License-Identifier: ISC
 * The memory server's store: every free run of RAM is one unmapped MEM frame of init's, in the tree of
 * init_runs.h.  Hands out zeroed frames of exactly what was asked, merges what comes back.  Under its lock it
 * makes calls only, and uses nothing of the library, whose own pool is served from here. */
#include <string.h>
#include "init.h"
#include "init_runs.h"

#define WINDOW_VA  (USER_END - L2_SPAN)
#define ZERO_LEN   ((size_t)SECTION_SIZE)
#define ROOM_LEAST 8 /* nodes and credits that one operation may use, with a margin */
#define ROOM_LOW   64
#define POOL_LEAST (256 * 1024)

static struct mutex lock = MUTEX_INIT;
static struct mutex zero_lock = MUTEX_INIT; /* of WINDOW_ZERO */

/* under the lock */
static struct runs runs;
static struct run first_room[ROOM_LOW * 2];
static uint64_t total;
static int window; /* f_id of the L2 of the windows */
static int started;

static void run_put(int f_id, uint32_t page, uint32_t n)
{
	const struct run *near = page ? runs_before(&runs, page - 1) : NULL;
	struct run taken;

	if (near && near->page + near->n == page && frame_merge(near->f_id, f_id) >= 0) {
		runs_take(&runs, near->page, &taken);
		f_id = taken.f_id;
		page = taken.page;
		n += taken.n;
	}
	near = runs_after(&runs, page + n);
	if (near && near->page == page + n && frame_merge(f_id, near->f_id) >= 0) {
		runs_take(&runs, near->page, &taken);
		n += taken.n;
	}
	runs_add(&runs, page, n, f_id);
}

/** Cuts pages [start, start + n) out of a run.  The frame's id, or the error of a split; then all is put back. */
static int run_carve(const struct run *run, uint32_t start, uint32_t n)
{
	uint32_t low = start - run->page, high = run->page + run->n - start - n;
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
		runs_add(&runs, start + n, high, rest);
	return f_id;
}

static int pages_take(uint32_t n, unsigned align, uint64_t below)
{
	const struct run *run = runs_find(&runs, n, align, below);

	return run ? run_carve(run, run_start(run->page, align), n) : ERR_MEMORY;
}

/** Finds what is free when the machine starts: memory that is mapped nowhere and is not the boot archive. */
static void store_start(void)
{
	struct frame f;

	started = 1;
	runs_room(&runs, first_room, sizeof(first_room));
	for (int id = frame_next(0, 0); id > 0; id = frame_next(0, id)) {
		if (frame_info(id, &f) < 0 || f.kind != FRAME_MEM || f.maps || id == boot_page->archive)
			continue;
		runs_add(&runs, (uint32_t)(f.pa / PAGE_SIZE), (uint32_t)(f.len / PAGE_SIZE), id);
	}
	total = runs.free_pages * PAGE_SIZE;
	window = pages_take(1, 0, UINT64_MAX);
	frame_table(window, FRAME_L2);
	frame_map(boot_page->l1, window, WINDOW_VA, 0, 0, F_MAP_TABLE);
}

/** Splits and mappings need credits: a page more is donated while they are few. */
static int credits_keep(void)
{
	const struct proc_info *info = (const struct proc_info *)BOOT_INFO_VA;
	int f_id;

	if (info->credits >= ROOM_LOW)
		return 0;
	f_id = pages_take(1, 0, UINT64_MAX);
	return f_id < 0 ? f_id : frame_donate(f_id);
}

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

static int store_take(uint32_t n, unsigned align, uint64_t below, uint64_t keep)
{
	if (!started)
		store_start();
	if (runs.spare_n < ROOM_LEAST || credits_keep() < 0)
		return ERR_RECORDS;
	if (runs.free_pages < n + keep)
		return ERR_MEMORY;
	return pages_take(n, align, below);
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
	if (runs.spare_n)
		run_put(f_id, (uint32_t)(f.pa / PAGE_SIZE), (uint32_t)(f.len / PAGE_SIZE));
	else
		r = ERR_RECORDS;
	if (runs.free_pages * PAGE_SIZE > total)
		total = runs.free_pages * PAGE_SIZE;
	mutex_unlock(&lock);
	return r;
}

void mem_tidy(void)
{
	void *va = NULL;
	size_t spare;
	int f_id;

	mutex_lock(&lock);
	spare = runs.spare_n;
	mutex_unlock(&lock);
	if (spare >= ROOM_LOW)
		return;
	f_id = mem_get(PAGE_SIZE, 0, 0, 0);
	if (f_id > 0)
		va = vm_map(f_id, 0, 0, F_MAP_READ | F_MAP_WRITE);
	if (!va) {
		mem_put(f_id);
		return;
	}
	mutex_lock(&lock);
	runs_room(&runs, va, PAGE_SIZE);
	mutex_unlock(&lock);
}

void mem_info(struct mem_info *out)
{
	mutex_lock(&lock);
	out->free = runs.free_pages * PAGE_SIZE;
	out->total = total;
	out->largest = runs.root ? (uint64_t)runs.root->fit[0] * PAGE_SIZE : 0;
	mutex_unlock(&lock);
}

int mem_is_free(size_t pa)
{
	uint32_t page = (uint32_t)(pa / PAGE_SIZE);
	const struct run *run;
	int is_free;

	mutex_lock(&lock);
	run = runs_before(&runs, page);
	is_free = run && run->page + run->n > page;
	mutex_unlock(&lock);
	return is_free;
}

/** The library's pool in this process gets its memory here; in larger pieces, so that it asks rarely. */
int page_more(size_t len, size_t align, uint32_t below)
{
	int f_id = len < POOL_LEAST ? mem_get(POOL_LEAST, align, below, 0) : ERR_MEMORY;

	return f_id > 0 ? f_id : mem_get(len, align, below, 0);
}
