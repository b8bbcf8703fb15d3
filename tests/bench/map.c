/* SPDX-License-Identifier: ISC
 * Mappings: pages and sections, one and many, in calls of their own and in batches. */
#include "bench.h"

#define MANY 256

static int l1, l2, page, run, section;
static int scattered[MANY];
static struct frame_op ops[MANY];

static uint32_t null_once(void)
{
	int got;
	uint32_t cost = COST(got = call_null());

	CHECK_EQ(got, 0);
	return cost;
}

static uint32_t map_once(void)
{
	int got;
	uint32_t cost = COST(got = frame_map(l2, page, 0x5000, 0, 0, PAGE_RW));

	CHECK_EQ(got, 0);
	CHECK_EQ(frame_unmap(l2, page, 0x5000, 0), 0);
	return cost;
}

static uint32_t unmap_once(void)
{
	int got;
	uint32_t cost;

	CHECK_EQ(frame_map(l2, page, 0x5000, 0, 0, PAGE_RW), 0);
	cost = COST(got = frame_unmap(l2, page, 0x5000, 0));
	CHECK_EQ(got, 0);
	return cost;
}

static uint32_t map_run_once(void)
{
	int got;
	uint32_t cost = COST(got = frame_map(l2, run, 0, 0, 0, PAGE_RW));

	CHECK_EQ(got, 0);
	CHECK_EQ(frame_unmap(l2, run, 0, 0), 0);
	return cost;
}

static uint32_t unmap_run_once(void)
{
	int got;
	uint32_t cost;

	CHECK_EQ(frame_map(l2, run, 0, 0, 0, PAGE_RW), 0);
	cost = COST(got = frame_unmap(l2, run, 0, 0));
	CHECK_EQ(got, 0);
	return cost;
}

/* In this process's own tables, so that the pages can be touched. */
static int here_l2;
static volatile char *here;

static uint32_t touch_run_once(void)
{
	int got = 0;
	uint32_t cost = COST({
		got |= frame_map(here_l2, run, 0, 0, 0, PAGE_RW);
		for (unsigned i = 0; i < MANY; i++)
			here[i * PAGE_SIZE] = 1;
		got |= frame_unmap(here_l2, run, 0, 0);
	});

	CHECK_EQ(got, 0);
	return cost;
}

static void ops_fill(int call, int rights)
{
	for (unsigned i = 0; i < MANY; i++)
		ops[i] = (struct frame_op){.call = call,
			.arg = {(uintptr_t)l2, (uintptr_t)scattered[i],
				i * 2 * PAGE_SIZE % L2_SPAN + i / MANY * PAGE_SIZE,
				call == CALL_frame_protect ? PAGE_SIZE : 0,
				call == CALL_frame_protect ? (uintptr_t)rights : 0, PAGE_RW}};
}

static uint32_t batch_once(void)
{
	int got;
	uint32_t cost;

	ops_fill(CALL_frame_map, 0);
	cost = COST(got = frame_batch(ops, MANY));
	CHECK_EQ(got, MANY);
	CHECK_EQ(frame_unmap(l2, 0, 0, L2_SPAN), 0);
	return cost;
}

static uint32_t protect_once(int rights, int before)
{
	int got;
	uint32_t cost;

	CHECK_EQ(frame_protect(l2, page, 0x5000, PAGE_SIZE, before), 0);
	cost = COST(got = frame_protect(l2, page, 0x5000, PAGE_SIZE, rights));
	CHECK_EQ(got, 0);
	return cost;
}

static uint32_t lower_once(void)
{
	return protect_once(F_MAP_READ, RW);
}

static uint32_t raise_once(void)
{
	return protect_once(RW, F_MAP_READ);
}

static uint32_t lower_batch_once(void)
{
	int got;
	uint32_t cost;

	CHECK_EQ(frame_protect(l2, 0, 0, L2_SPAN, RW), 0);
	ops_fill(CALL_frame_protect, F_MAP_READ);
	cost = COST(got = frame_batch(ops, 100));
	CHECK_EQ(got, 100);
	return cost;
}

static uint32_t lower_run_once(void)
{
	int got;
	uint32_t cost;

	CHECK_EQ(frame_protect(l2, run, 0, MANY * PAGE_SIZE, RW), 0);
	cost = COST(got = frame_protect(l2, run, 0, MANY * PAGE_SIZE, F_MAP_READ));
	CHECK_EQ(got, 0);
	return cost;
}

static uint32_t section_once(void)
{
	int got;
	uint32_t cost = COST(got = frame_map(l1, section, 0x40000000, 0, 0, SECT_RW));

	CHECK_EQ(got, 0);
	CHECK_EQ(frame_unmap(l1, section, 0x40000000, 0), 0);
	return cost;
}

static uint32_t section_unmap_once(void)
{
	int got;
	uint32_t cost;

	CHECK_EQ(frame_map(l1, section, 0x40000000, 0, 0, SECT_RW), 0);
	cost = COST(got = frame_unmap(l1, section, 0x40000000, 0));
	CHECK_EQ(got, 0);
	return cost;
}

static void rows_protect(void)
{
	CHECK_EQ(frame_map(l2, page, 0x5000, 0, 0, PAGE_RW), 0);
	bench_row("lower one page", 1, lower_once);
	bench_row("raise one page", 1, raise_once);
	CHECK_EQ(frame_unmap(l2, page, 0x5000, 0), 0);
	ops_fill(CALL_frame_map, 0);
	CHECK_EQ(frame_batch(ops, MANY), MANY);
	bench_row("lower 100 scattered pages in a batch", 100, lower_batch_once);
	CHECK_EQ(frame_unmap(l2, 0, 0, L2_SPAN), 0);
	CHECK_EQ(frame_map(l2, run, 0, 0, 0, PAGE_RW), 0);
	bench_row("lower 256 pages", MANY, lower_run_once);
	CHECK_EQ(frame_unmap(l2, run, 0, 0), 0);
}

void bench_map(void)
{
	l1 = l1_with_l2(&l2);
	page = mem_new(PAGE_SIZE);
	run = mem_new(MANY * PAGE_SIZE);
	section = mem_new(SECTION_SIZE);
	for (unsigned i = 0; i < MANY; i++)
		scattered[i] = mem_new(PAGE_SIZE);
	here = vm_reserve(L2_SPAN, L2_SPAN);
	here_l2 = l2_new();
	CHECK_OK(frame_map(vspace_root(0), here_l2, (uintptr_t)here, 0, 0, F_MAP_TABLE));
	bench_row("null call", 1, null_once);
	bench_row("map one page", 1, map_once);
	bench_row("unmap one page", 1, unmap_once);
	bench_row("map 256 pages", MANY, map_run_once);
	bench_row("unmap 256 pages", MANY, unmap_run_once);
	bench_row("map, touch, unmap 256 pages", MANY, touch_run_once);
	bench_row("map 256 scattered pages in a batch", MANY, batch_once);
	rows_protect();
	bench_row("map a section", 1, section_once);
	bench_row("unmap a section", 1, section_unmap_once);
}
