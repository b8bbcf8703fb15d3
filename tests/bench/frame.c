/* SPDX-License-Identifier: ISC
 * Frames: cut, joined, given, taken back from where they are mapped. */
#include <stdio.h>
#include "bench.h"

static int big;
static struct child taker;

static void idle(void *shared)
{
	struct msg m;

	(void)shared;
	for (;;)
		msg_recv(&m, -1);
}

static uint32_t split_once(void)
{
	int got;
	uint32_t cost = COST(got = frame_split(big, PAGE_SIZE));

	CHECK_OK(got);
	CHECK_EQ(frame_merge(big, got), 0);
	return cost;
}

static uint32_t merge_once(void)
{
	int got, upper = CHECK_OK(frame_split(big, PAGE_SIZE));
	uint32_t cost = COST(got = frame_merge(big, upper));

	CHECK_EQ(got, 0);
	return cost;
}

static uint32_t give_once(void)
{
	int got, f = mem_new(PAGE_SIZE);
	uint32_t cost = COST(got = frame_give(f, taker.pid));

	CHECK_EQ(got, 0);
	return cost;
}

/* A frame that stands in n places. */
static int many_l2, many;

static uint32_t revoke(unsigned n)
{
	int got;
	uint32_t cost;

	for (unsigned i = 0; i < n; i++)
		CHECK_EQ(frame_map(many_l2, many, i * PAGE_SIZE, 0, 0, PAGE_RW), 0);
	cost = COST(got = frame_unmap(0, many, 0, 0));
	CHECK_EQ(got, 0);
	CHECK_EQ(frame_mappings(many), 0);
	return cost;
}

static uint32_t revoke_1(void)
{
	return revoke(1);
}

static uint32_t revoke_10(void)
{
	return revoke(10);
}

static uint32_t revoke_100(void)
{
	return revoke(100);
}

void bench_frame(void)
{
	child_make(&taker);
	CHECK_OK(child_credits(&taker));
	CHECK_OK(child_credits(&taker));
	child_run(&taker, idle);
	big = mem_new(16 * PAGE_SIZE);
	many = mem_new(PAGE_SIZE);
	l1_with_l2(&many_l2);
	bench_row("split a frame", 1, split_once);
	bench_row("merge two frames", 1, merge_once);
	bench_row("give an unmapped frame", 1, give_once);
	bench_row("take back a frame mapped in 1 place", 1, revoke_1);
	bench_row("take back a frame mapped in 10 places", 1, revoke_10);
	bench_row("take back a frame mapped in 100 places", 1, revoke_100);
	CHECK_OK(proc_end(taker.pid, 0));
	CHECK_OK(child_join(&taker));
}
