/* SPDX-License-Identifier: ISC
 * A stand-in for the kernel's books in native tests of what allocates frames: one process's frames in the order of frame_next, its
 * credits, and mappings that are real, of one file of memory.  It asserts what the kernel would refuse only to mistakes.  It
 * knows no rights and no other process but what a test plays. */
#ifndef TESTS_HOST_FRAMES_H
#define TESTS_HOST_FRAMES_H

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "frame.h"
#include "proc.h"

#define RAM    (16u << 20)
#define BASE   0x80100000u
#define FRAMES 16384
#define PAGES  4096 /* that may be mapped at a time */

static struct {
	struct frame f; /* len 0: none */
	int next, prev; /* in the list of 0 */
	uintptr_t span; /* of a table that stands in the root */
} fake[FRAMES];

static struct {
	int t_id, f_id;
	size_t at, offset;
} fake_map[PAGES];
static size_t fake_maps;

static struct proc_info fake_info;
static int fake_corpse; /* the first frame that came, or will come, from an ended child: they are in the list by then */
static int ram_file = -1;
static int fail_splits; /* the how manyth from now fails */

static int frame_add(size_t pa, size_t len, int kind)
{
	static int last;
	int id = last;

	do
		id = id % (FRAMES - 1) + 1;
	while (fake[id].f.len);
	last = id;
	fake[id].f = (struct frame){.f_id = id, .kind = kind, .pa = pa, .len = len};
	fake[id].span = 0;
	fake[id].prev = fake[0].prev;
	fake[id].next = 0;
	fake[fake[0].prev].next = id;
	fake[0].prev = id;
	fake_info.frames++;
	return id;
}

static void frame_end(int id)
{
	fake[fake[id].prev].next = fake[id].next;
	fake[fake[id].next].prev = fake[id].prev;
	fake[id].f.len = 0;
	fake_info.frames--;
}

static struct frame *frame_at(int id)
{
	return id > 0 && id < FRAMES && fake[id].f.len ? &fake[id].f : NULL;
}

int frame_next(int pid, int f_id)
{
	if (pid && !f_id)
		return fake_corpse;
	return f_id && !frame_at(f_id) ? ERR_FRAME : fake[f_id].next;
}

int frame_info(int f_id, struct frame *out)
{
	if (!frame_at(f_id))
		return ERR_FRAME;
	*out = fake[f_id].f;
	return 0;
}

int frame_split(int f_id, size_t offset)
{
	struct frame *f = frame_at(f_id);
	int id;

	assert(f && !f->maps && (f->kind == FRAME_MEM || f->kind == FRAME_DEV) && offset && offset < f->len);
	if ((fail_splits && --fail_splits == 0) || fake_info.credits < 1)
		return ERR_RECORDS;
	fake_info.credits--;
	id = frame_add(f->pa + offset, f->len - offset, f->kind);
	f->len = offset;
	return id;
}

int frame_merge(int f1, int f2)
{
	struct frame *low = frame_at(f1), *high = frame_at(f2);

	assert(low && high && low->pa + low->len == high->pa && low->kind == high->kind && !low->maps && !high->maps);
	low->len += high->len;
	frame_end(f2);
	fake_info.credits++;
	return 0;
}

int frame_donate(int f_id)
{
	struct frame *f = frame_at(f_id);

	assert(f && f->kind == FRAME_MEM && !f->maps);
	f->kind = FRAME_RECORDS;
	fake_info.credits += (int)(f->len / PAGE_SIZE) * 63;
	return (int)(f->len / PAGE_SIZE) * 63;
}

/** Reads or fills a frame's memory. */
static inline uint8_t *ram_see(const struct frame *f)
{
	void *va = mmap(NULL, f->len, PROT_READ | PROT_WRITE, MAP_SHARED, ram_file, (off_t)(f->pa - BASE));

	assert(va != MAP_FAILED);
	return va;
}

int frame_table(int f_id, int kind)
{
	struct frame *f = frame_at(f_id);
	int cost = f->kind == FRAME_RECORDS ? (int)(f->len / PAGE_SIZE) * 63 : 0;
	uint8_t *seen;

	assert(f->kind == FRAME_MEM || kind == FRAME_MEM);
	if (fake_info.credits < cost)
		return ERR_RECORDS;
	fake_info.credits -= cost;
	f->kind = kind;
	seen = ram_see(f);
	memset(seen, 0, f->len);
	munmap(seen, f->len);
	return 0;
}

static void map_page(uintptr_t va, const struct frame *f, size_t offset)
{
	int prot = PROT_READ | PROT_WRITE, flags = MAP_SHARED | MAP_FIXED;

	assert(mmap((void *)va, PAGE_SIZE, prot, flags, ram_file, (off_t)(f->pa - BASE + offset)) == (void *)va);
}

int frame_map(int t_id, int f_id, uintptr_t at, size_t offset, size_t len, int flags)
{
	struct frame *f = frame_at(f_id);

	assert(f);
	if (fake_info.credits < 1)
		return ERR_RECORDS;
	if (flags & F_MAP_TABLE) {
		assert(f->kind == FRAME_L2);
		fake[f_id].span = at;
		f->maps = 1;
		fake_info.credits--;
		return 0;
	}
	assert(fake[t_id].f.kind == FRAME_L2 && f->kind == FRAME_MEM);
	len = len ? len : f->len - offset;
	fake_info.credits--;
	for (size_t n = 0; n < len; n += PAGE_SIZE) {
		assert(fake_maps < PAGES);
		fake_map[fake_maps].t_id = t_id;
		fake_map[fake_maps].f_id = f_id;
		fake_map[fake_maps].at = at + n;
		fake_map[fake_maps++].offset = offset + n;
		f->maps++;
		map_page(fake[t_id].span + at + n, f, offset + n);
	}
	return 0;
}

/* A mapping of several pages gives its credit back with the last. */
int frame_unmap(int t_id, int f_id, uintptr_t at, size_t len)
{
	for (size_t i = 0; i < fake_maps;) {
		int t = fake_map[i].t_id, f = fake_map[i].f_id;
		uintptr_t va = fake[t].span + fake_map[i].at;

		if ((t_id && t != t_id) || (f_id && f != f_id) ||
			(t_id && (fake_map[i].at < at || fake_map[i].at - at >= len))) {
			i++;
			continue;
		}
		assert(mmap((void *)va, PAGE_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
			(void *)va);
		fake_info.credits += --fake[f].f.maps == 0;
		fake_map[i] = fake_map[--fake_maps];
	}
	return 0;
}

int vspace_resolve(int t_id, uintptr_t at, struct mapping *out)
{
	for (size_t i = 0; i < fake_maps; i++) {
		uintptr_t there = fake_map[i].at + (fake[t_id].f.kind == FRAME_L2 ? 0 : fake[fake_map[i].t_id].span);

		if (there != at || (fake[t_id].f.kind == FRAME_L2 && fake_map[i].t_id != t_id))
			continue;
		*out = (struct mapping){.t_id = fake_map[i].t_id,
			.f_id = fake_map[i].f_id,
			.at = at,
			.offset = fake_map[i].offset,
			.len = PAGE_SIZE};
		return 0;
	}
	return ERR_NOMAP;
}

/** Memory, all of it dirty, and `credits` to begin with. */
static inline void ram_make(int credits)
{
	uint8_t *all;

	ram_file = memfd_create("ram", 0);
	assert(ram_file >= 0 && ftruncate(ram_file, RAM) == 0);
	all = mmap(NULL, RAM, PROT_READ | PROT_WRITE, MAP_SHARED, ram_file, 0);
	memset(all, 0xee, RAM);
	munmap(all, RAM);
	fake_info.credits = credits;
}

/** How many bytes all frames together have. */
static inline uint64_t frames_total(void)
{
	uint64_t total = 0;

	for (int id = fake[0].next; id; id = fake[id].next)
		total += fake[id].f.len;
	return total;
}

#endif
