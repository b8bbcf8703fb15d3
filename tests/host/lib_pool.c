/* SPDX-License-Identifier: ISC
 * Claim: the library's pool hands out zeroed, disjoint frames, and gives everything back: what a process frees, its nodes and its
 * room for records, and what an ended child left, in whatever order and kinds, when not a page is free anywhere and the stock of
 * nodes and credits is at its least.  The kernel is a fake that knows frames (frames.h), the server a map of pages. */
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>
#include "frames.h"
#include "self.h"
#undef SELF_NODES_VA
#undef SELF_ZERO_VA
#define NODES_SPAN    ((uintptr_t)0x70000000)
#define SELF_NODES_VA NODES_SPAN
#define SELF_ZERO_VA  (NODES_SPAN + 0x1f0000)
#include "../../lib/extent.c"
#include "../../lib/node.c"
#include "../../lib/room.c"
#include "../../lib/memory.c"
#define lock page_lock_unused
#include "../../lib/hold.c"
#include "../../lib/page.c"
#undef lock
#define lock reap_lock
#include "../../lib/reap.c"
#undef lock

#define ALL  (RAM / PAGE_SIZE)
#define HOLD 400

struct self self = {.init = 1, .info = &fake_info};

static uint8_t out[ALL]; /* 1: not the server's */
static int table;        /* the L2 over all of it */
static int corpse_n;

void rlock_lock(struct rlock *l)
{
	l->depth++;
}

void rlock_unlock(struct rlock *l)
{
	assert(l->depth-- > 0);
}

int table_find(uintptr_t va)
{
	assert(va - NODES_SPAN < L2_SPAN);
	return table;
}

int table_map(uintptr_t va, int f_id, size_t offset, size_t len, int rights)
{
	return frame_map(table, f_id, va, offset, len, F_MAP_PAGE | rights);
}

int table_unmap(uintptr_t va, size_t len)
{
	return frame_unmap(table, 0, va, len);
}

void table_start(void)
{
}

void vm_start(void)
{
}

int vm_frame(const void *va, size_t *offset)
{
	struct mapping m;

	(void)offset;
	return vspace_resolve(table, (uintptr_t)va, &m) < 0 ? ERR_NOMAP : m.f_id;
}

void *vm_map(int f_id, size_t offset, size_t len, int rights)
{
	(void)f_id, (void)offset, (void)len, (void)rights;
	return NULL;
}

int vm_unmap(void *va, size_t len)
{
	(void)va, (void)len;
	return 0;
}

int vm_error(void)
{
	return ERR_MEMORY;
}

/* ---- the server ---- */

static void mark(size_t pa, size_t len, uint8_t value)
{
	for (size_t i = (pa - BASE) / PAGE_SIZE; len; i++, len -= PAGE_SIZE) {
		assert(out[i] != value);
		out[i] = value;
	}
}

static int server_get(size_t len)
{
	size_t n = len / PAGE_SIZE, run = 0;
	struct frame f;
	uint8_t *seen;
	int f_id;

	for (size_t i = 0; i < ALL; i++) {
		run = out[i] ? 0 : run + 1;
		if (run < n)
			continue;
		f_id = frame_add(BASE + (i + 1 - n) * PAGE_SIZE, len, FRAME_MEM);
		frame_info(f_id, &f);
		seen = ram_see(&f);
		memset(seen, 0, len);
		munmap(seen, len);
		mark(f.pa, len, 1);
		return f_id;
	}
	return ERR_MEMORY;
}

int msg_call(int pid, struct msg *m, int64_t timeout)
{
	struct frame f;

	(void)pid, (void)timeout;
	if (m->tag == INIT_MEM_GET) {
		m->frame = server_get(m->word[0]);
		m->tag = m->frame < 0 ? m->frame : 0;
		return 0;
	}
	assert(m->tag == INIT_MEM_PUT && frame_info(m->frame, &f) == 0 && f.kind == FRAME_MEM && !f.maps);
	mark(f.pa, f.len, 0);
	frame_end(m->frame);
	m->tag = 0;
	return 0;
}

static size_t server_free(size_t *largest)
{
	size_t n = 0, run = 0;

	*largest = 0;
	for (size_t i = 0; i < ALL; i++) {
		run = out[i] ? 0 : run + 1;
		n += !out[i];
		*largest = run > *largest ? run : *largest;
	}
	return n;
}

/* ---- the child ---- */

int frame_count(int pid)
{
	assert(pid == 2);
	return corpse_n;
}

int proc_info(int pid, struct proc_info *info)
{
	assert(pid == 2);
	*info = (struct proc_info){.frame = -1};
	return 0;
}

int proc_reap(int pid)
{
	(void)pid;
	return corpse_n ? 0 : ERR_PROC;
}

int proc_wait(int pid, int64_t timeout, int *status)
{
	(void)pid, (void)timeout;
	*status = 0;
	return 0;
}

int frame_give(int f_id, int pid)
{
	(void)f_id, (void)pid;
	return ERR_PROC;
}

/* Takes all that the server has, as a child's: in single pages whose order is no order, of which some are tables, and some, as many
 * as the others need, room for records. */
static void corpse_make(void)
{
	static int page[ALL];
	int hold, last = fake[0].prev;
	size_t n = 0, at;

	for (size_t i = 0; i < ALL; i++)
		if (!out[i])
			page[n++] = (int)i;
	for (size_t i = n; i > 1; i--) {
		at = (size_t)rand() % i;
		hold = page[i - 1];
		page[i - 1] = page[at];
		page[at] = hold;
	}
	for (size_t i = 0; i < n; i++) {
		int kind = i % 50 == 7 ? FRAME_RECORDS : i % 20 == 3 ? FRAME_L2 : FRAME_MEM;
		size_t pa = BASE + (size_t)page[i] * PAGE_SIZE;

		mark(pa, PAGE_SIZE, 1);
		frame_add(pa, PAGE_SIZE, kind);
		fake_info.credits += kind == FRAME_RECORDS ? 62 : -1;
	}
	fake_corpse = fake[last].next;
	corpse_n = (int)n;
}

static void test_reap(void)
{
	size_t free, largest;

	while (fake_info.credits > SELF_CREDITS && page_alloc(PAGE_SIZE, 0) > 0)
		;
	for (int round = 0; round < 5; round++) {
		corpse_make();
		assert(page_alloc(SECTION_SIZE, 0) == ERR_MEMORY);
		assert(spawn_reap(2) == 0);
		free = server_free(&largest);
		assert(free + HOLD > ALL && largest + HOLD > ALL && node_pages <= 2);
		assert(room_len <= 3 * ROOM_CHUNK && pool_len <= POOL_KEEP);
	}
}

static int held[FRAMES], held_n;

static void take(size_t most)
{
	size_t len = ((size_t)rand() % most + 1) * PAGE_SIZE, align = PAGE_SIZE << rand() % 5;
	int f_id = page_alloc(len, align);
	struct frame f;
	uint8_t *seen;

	if (f_id < 0)
		return;
	assert(frame_info(f_id, &f) == 0 && f.len == len && f.pa % align == 0 && !page_pooled(f.pa));
	seen = ram_see(&f);
	for (size_t i = 0; i < len; i++)
		assert(!seen[i]);
	memset(seen, 0xee, len);
	munmap(seen, len);
	held[held_n++] = f_id;
}

static void give(int i)
{
	assert(page_free(held[i]) == 0);
	held[i] = held[--held_n];
}

/* Takes until nothing is left, then gives back in no order. */
static void test_pieces(size_t most)
{
	size_t before, after, largest;

	before = server_free(&largest);
	while (server_free(&largest) > 16)
		take(most);
	for (int n = 0; n < 100; n++)
		take(most);
	while (held_n)
		give(rand() % held_n);
	memory_lock();
	page_gather();
	memory_unlock();
	after = server_free(&largest);
	assert(after + POOL_KEEP / PAGE_SIZE + 16 >= before && room_len <= 3 * ROOM_CHUNK && node_pages <= 2);
}

int main(void)
{
	ram_make(100);
	assert(mmap((void *)NODES_SPAN, L2_SPAN, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
		(void *)NODES_SPAN);
	table = frame_add(BASE - PAGE_SIZE, PAGE_SIZE, FRAME_L2);
	memory_start();
	for (int i = 0; i < 20000; i++) {
		if (rand() % 2 && held_n < 300)
			take(12);
		else if (held_n)
			give(rand() % held_n);
		if (rand() % 50 == 0)
			fail_splits = rand() % 3 + 1;
	}
	fail_splits = 0;
	while (held_n)
		give(0);
	test_pieces(1);
	test_pieces(20);
	test_reap();
	printf("lib_pool: ok\n");
	return 0;
}
