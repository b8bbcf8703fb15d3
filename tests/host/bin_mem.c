/* SPDX-License-Identifier: ISC
 * Claim: the memory server hands out frames that are zeroed, disjoint, aligned and below their limit, refuses what
 * it should, keeps its reserve, loses no page when a split fails half-way, and when all has come back, however it was cut, memory is
 * one run again but for what the server keeps at the upper end; devices that come back in parts are free when they are whole.
 * The kernel is a fake that knows frames (frames.h); it cannot show the messages. */
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>
#include "frames.h"
#include "boot.h"
#undef BOOT_INFO_VA
#define BOOT_INFO_VA ((uintptr_t)&fake_info)
#include "../../bin/init_runs.c"
#include "../../bin/init_mem.c"

#define DEVICE_PA 0x1c000000u
#define LOWER     (RAM / 4)
#define KEPT      (64 * PAGE_SIZE) /* the server's own, at most, when nothing is in pieces */

static struct boot boot = {.l1 = FRAMES - 1,
	.device_n = 2,
	.device = {{"one", DEVICE_PA, PAGE_SIZE, 0, -1}, {"long", DEVICE_PA + PAGE_SIZE, 8 * PAGE_SIZE, 0, 40}}};
const struct boot *boot_page = &boot;

void mutex_lock(struct mutex *m)
{
	assert(!m->word++);
}

void mutex_unlock(struct mutex *m)
{
	m->word--;
}

int frame_home(int f_id)
{
	return mem_put(f_id);
}

static int held[FRAMES], held_n;

static void take(size_t most, size_t keep)
{
	size_t len = ((size_t)rand() % most + 1) * PAGE_SIZE, align = rand() % 3 ? 0 : (size_t)PAGE_SIZE << rand() % 6;
	uint32_t below = rand() % 4 ? 0 : BASE + (uint32_t)rand() % RAM;
	int f_id = mem_get(len, align, below, keep);
	struct frame f;
	uint8_t *seen;

	if (f_id < 0) {
		assert(f_id == ERR_MEMORY || f_id == ERR_RECORDS);
		return;
	}
	assert(frame_info(f_id, &f) == 0 && f.len == len && !(align && f.pa % align));
	assert(!below || f.pa + len <= below);
	assert(!mem_is_free(f.pa) && !mem_is_free(f.pa + len - 1) && runs.pages * PAGE_SIZE >= keep / 2);
	seen = ram_see(&f);
	for (size_t i = 0; i < len; i++)
		assert(!seen[i]);
	memset(seen, 0xee, len);
	munmap(seen, len);
	held[held_n++] = f_id;
	fake_info.credits -= fake_info.credits > 0; /* the frame's record goes with it */
}

static void give(int i)
{
	struct frame f;

	assert(frame_info(held[i], &f) == 0);
	fake_info.credits++;
	assert(mem_put(held[i]) == 0 && mem_is_free(f.pa));
	held[i] = held[--held_n];
}

static void test_refusals(void)
{
	assert(mem_get(0, 0, 0, 0) == ERR_RANGE && mem_get(100, 0, 0, 0) == ERR_RANGE);
	assert(mem_get(PAGE_SIZE, 3 * PAGE_SIZE, 0, 0) == ERR_ALIGN && mem_get(PAGE_SIZE, 16, 0, 0) == ERR_ALIGN);
	assert(mem_get(RAM * 2, 0, 0, 0) == ERR_MEMORY && mem_get(PAGE_SIZE, 0, 0, RAM) == ERR_MEMORY);
	assert(mem_get(PAGE_SIZE, 0, BASE, 0) == ERR_MEMORY);
	assert(mem_put(0) == ERR_FRAME && mem_put(boot.archive) == ERR_KIND);
}

/** All is back: one run below and one above the archive, and what the server has for itself is little, and above all. */
static void test_whole(uint64_t total)
{
	struct mem_info info;
	struct frame f;

	for (int n = 0; n < 2000; n++) /* upkeep does one thing at a time */
		assert(mem_put(mem_take(PAGE_SIZE, 0, 0, PAGE_SIZE)) == 0);
	mem_info(&info);
	assert(frames_total() == total + 9 * PAGE_SIZE);
	assert(runs.n == 2 && info.free >= total - 0x10000 - KEPT && room_pages <= 4);
	assert(info.largest >= RAM - LOWER - 0x10000 - KEPT);
	for (int id = fake[0].next; id; id = fake[id].next) {
		frame_info(id, &f);
		if (f.kind != FRAME_DEV && id != boot.archive && !mem_is_free(f.pa))
			assert(f.pa >= BASE + RAM - KEPT);
	}
}

/** All memory in single pages; then every second one comes back, and then the rest. */
static void test_pieces(uint64_t total)
{
	int f_id;

	while ((f_id = mem_take(PAGE_SIZE, 0, 0, MEM_KEEP)) > 0) {
		held[held_n++] = f_id;
		fake_info.credits--;
	}
	assert(f_id == ERR_MEMORY && runs.pages >= MEM_KEEP / PAGE_SIZE - 8);
	for (int i = held_n - 1; i >= 0; i -= 2)
		give(i);
	assert(room_pages > 16);
	while (held_n)
		give(rand() % held_n);
	test_whole(total);
}

static void device_part(int f_id, int whole)
{
	assert(mem_put_device(f_id, &boot.device[1]) == whole);
}

static void test_device(void)
{
	int f_id = mem_take_device(&boot.device[1]), part[8];

	assert(f_id == boot.device[1].f_id && mem_take_device(&boot.device[1]) == ERR_BUSY);
	for (int n = 7; n > 0; n--)
		part[n] = frame_split(f_id, (size_t)n * PAGE_SIZE);
	part[0] = f_id;
	for (int n = 0; n < 7; n++) { /* in some order, each once */
		device_part(part[n * 3 % 8], 0);
		assert(mem_take_device(&boot.device[1]) == ERR_BUSY);
	}
	device_part(part[7 * 3 % 8], 1);
	f_id = mem_take_device(&boot.device[1]);
	assert(f_id == boot.device[1].f_id && fake[f_id].f.len == 8 * PAGE_SIZE);
	device_part(f_id, 1);
	f_id = mem_take_device(&boot.device[0]); /* neighbours are no one device */
	assert(f_id == boot.device[0].f_id && fake[f_id].f.len == PAGE_SIZE);
	assert(mem_put_device(f_id, &boot.device[0]) == 1);
}

int main(void)
{
	ram_make(60);
	frame_add(BASE, LOWER, FRAME_MEM);
	boot.archive = frame_add(BASE + LOWER, 0x10000, FRAME_MEM);
	fake[boot.archive].f.maps = 1;
	frame_add(BASE + LOWER + 0x10000, RAM - LOWER - 0x10000, FRAME_MEM);
	for (int i = 0; i < 2; i++)
		boot.device[i].f_id = frame_add(boot.device[i].pa, boot.device[i].len, FRAME_DEV);
	test_refusals();
	for (int i = 0; i < 30000; i++) {
		if (rand() % 2 && held_n < 300)
			take(20, MEM_KEEP);
		else if (held_n)
			give(rand() % held_n);
		if (rand() % 50 == 0)
			fail_splits = rand() % 3 + 1;
	}
	fail_splits = 0;
	while (held_n)
		give(0);
	test_whole(RAM);
	test_pieces(RAM);
	test_device();
	test_pieces(RAM);
	printf("bin_mem: ok\n");
	return 0;
}
