/* SPDX-License-Identifier: ISC
 * Claim: the memory server hands out frames that are zeroed, disjoint, aligned and below their limit, refuses what
 * it should, loses no page when a split fails half-way, and joins all memory again when all has come back.  The
 * kernel is a fake that knows frames; it cannot show the messages. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "boot.h"
#undef BOOT_INFO_VA
#define BOOT_INFO_VA ((uintptr_t)&boot_info)
#include "proc.h"
static struct proc_info boot_info = {.credits = 1000};
#include "../../bin/init_runs.c"
#include "../../bin/init_mem.c"

#define RAM    (8u << 20)
#define BASE   0x80100000u
#define FRAMES 4096

static struct frame frames[FRAMES]; /* by id; len 0: none */
static uint8_t *ram;
static int fail_splits; /* after so many */
static int mapped;
static size_t mapped_offset;
static const struct boot boot = {.archive = 3};
const struct boot *boot_page = &boot;

void mutex_lock(struct mutex *m)
{
	assert(!m->word++);
}

void mutex_unlock(struct mutex *m)
{
	m->word--;
}

int frame_next(int pid, int f_id)
{
	(void)pid;
	while (++f_id < FRAMES) {
		if (frames[f_id].len)
			return f_id;
	}
	return 0;
}

int frame_info(int f_id, struct frame *out)
{
	if (f_id <= 0 || f_id >= FRAMES || !frames[f_id].len)
		return ERR_FRAME;
	*out = frames[f_id];
	return 0;
}

static int frame_add(size_t pa, size_t len)
{
	int id = 1;

	while (frames[id].len)
		id++;
	frames[id] = (struct frame){.f_id = id, .kind = FRAME_MEM, .pa = pa, .len = len};
	return id;
}

int frame_split(int f_id, size_t offset)
{
	struct frame *f = &frames[f_id];
	int id;

	assert(f->len && offset && offset < f->len);
	if (fail_splits && --fail_splits == 0)
		return ERR_RECORDS;
	id = frame_add(f->pa + offset, f->len - offset);
	f->len = offset;
	return id;
}

int frame_merge(int f1, int f2)
{
	assert(frames[f1].len && frames[f2].len && frames[f1].pa + frames[f1].len == frames[f2].pa);
	frames[f1].len += frames[f2].len;
	frames[f2].len = 0;
	return 0;
}

int frame_table(int f_id, int kind)
{
	frames[f_id].kind = kind;
	return 0;
}

int frame_donate(int f_id)
{
	frames[f_id].kind = FRAME_RECORDS;
	boot_info.credits += 63;
	return 63;
}

int frame_map(int t_id, int f_id, uintptr_t at, size_t offset, size_t len, int flags)
{
	(void)t_id, (void)len;
	if (flags & F_MAP_TABLE)
		return 0;
	assert(at == 0);
	mapped = f_id;
	mapped_offset = offset;
	return 0;
}

int frame_unmap(int t_id, int f_id, uintptr_t at, size_t len)
{
	(void)t_id, (void)f_id, (void)at;
	memcpy(ram + (frames[mapped].pa - BASE) + mapped_offset, (void *)WINDOW_VA, len);
	return 0;
}

void *vm_map(int f_id, size_t offset, size_t len, int rights)
{
	(void)offset, (void)len, (void)rights;
	frames[f_id].maps = 1;
	return malloc(PAGE_SIZE);
}

static int held[FRAMES], held_n;

static void take(void)
{
	size_t len = (size_t)(rand() % 20 + 1) * PAGE_SIZE, align = rand() % 3 ? 0 : (size_t)PAGE_SIZE << rand() % 6;
	uint32_t below = rand() % 4 ? 0 : BASE + (uint32_t)rand() % RAM;
	int f_id = mem_get(len, align, below, 0);
	struct frame f;

	if (f_id < 0) {
		assert(f_id == ERR_MEMORY || f_id == ERR_RECORDS);
		return;
	}
	assert(frame_info(f_id, &f) == 0 && f.len == len && !(align && f.pa % align));
	assert(!below || f.pa + len <= below);
	assert(!mem_is_free(f.pa) && !mem_is_free(f.pa + len - 1));
	for (size_t i = 0; i < len; i++)
		assert(!ram[f.pa - BASE + i]);
	memset(ram + (f.pa - BASE), 0xee, len);
	held[held_n++] = f_id;
}

static void give(void)
{
	int i = rand() % held_n;
	size_t pa = frames[held[i]].pa;

	assert(mem_put(held[i]) == 0 && mem_is_free(pa));
	held[i] = held[--held_n];
}

static void test_refusals(void)
{
	assert(mem_get(0, 0, 0, 0) == ERR_RANGE && mem_get(100, 0, 0, 0) == ERR_RANGE);
	assert(mem_get(PAGE_SIZE, 3 * PAGE_SIZE, 0, 0) == ERR_ALIGN && mem_get(PAGE_SIZE, 16, 0, 0) == ERR_ALIGN);
	assert(mem_get(RAM * 2, 0, 0, 0) == ERR_MEMORY && mem_get(PAGE_SIZE, 0, 0, RAM) == ERR_MEMORY);
	assert(mem_get(PAGE_SIZE, 0, BASE, 0) == ERR_MEMORY);
	assert(mem_put(0) == ERR_FRAME && mem_put(3) == ERR_KIND);
}

static int is_store(int id)
{
	return frames[id].kind == FRAME_MEM && !frames[id].maps;
}

int main(void)
{
	struct mem_info before, after;
	uint64_t total = 0;

	assert(mmap((void *)WINDOW_VA, L2_SPAN, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
		       0) == (void *)WINDOW_VA);
	ram = malloc(RAM);
	memset(ram, 0xee, RAM);
	frame_add(BASE, RAM / 2);
	frame_add(BASE + RAM / 2 + 0x10000, RAM / 2 - 0x10000);
	frame_add(BASE + RAM / 2, 0x10000); /* the archive: not memory to hand out */
	frames[3].maps = 1;
	test_refusals();
	mem_info(&before);
	for (int i = 0; i < 30000; i++) {
		if (rand() % 2 && held_n < 300)
			take();
		else if (held_n)
			give();
		if (rand() % 50 == 0)
			fail_splits = rand() % 3 + 1;
		if (rand() % 100 == 0)
			boot_info.credits = 10;
		mem_tidy();
	}
	fail_splits = 0;
	while (held_n)
		give();
	mem_info(&after);
	for (int i = 1; i < FRAMES; i++)
		total += frames[i].len;
	assert(total == RAM);
	for (int i = 1; i < FRAMES; i++)
		total -= is_store(i) ? 0 : frames[i].len;
	assert(after.free == total && after.free <= before.free);
	for (int i = 1; i < FRAMES; i++) {
		for (int k = 1; frames[i].len && is_store(i) && k < FRAMES; k++)
			assert(!frames[k].len || !is_store(k) || frames[i].pa + frames[i].len != frames[k].pa);
	}
	printf("bin_mem: ok\n");
	return 0;
}
