/* SPDX-License-Identifier: ISC
 * Runs every row of the benchmark and prints it for tools/bench: `bench`, the row, the figure, by tabs. */
#include <stdio.h>
#include <stdlib.h>
#include "bench.h"

uint32_t cost_empty;

uint32_t cost_since(uint32_t begin)
{
	return cycles_now() - begin - cost_empty;
}

static int cost_order(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

void bench_samples(const char *name, unsigned parts, uint32_t *samples, unsigned n)
{
	uint32_t median;

	qsort(samples, n, sizeof *samples, cost_order);
	median = samples[n / 2];
	if (parts == 1)
		printf("bench\t%s\t%lu\n", name, (unsigned long)median);
	else
		printf("bench\t%s\t%lu.%02lu\n", name, (unsigned long)(median / parts),
			(unsigned long)(median % parts * 100 / parts));
}

void bench_row(const char *name, unsigned parts, uint32_t (*once)(void))
{
	uint32_t samples[BENCH_RUNS];

	for (unsigned i = 0; i < BENCH_RUNS; i++)
		samples[i] = once();
	bench_samples(name, parts, samples, BENCH_RUNS);
}

/* The smallest of several: the first read may have to fetch what it needs. */
static void cost_calibrate(void)
{
	uint32_t least = UINT32_MAX;

	cost_empty = 0;
	for (unsigned i = 0; i < 8; i++) {
		uint32_t cost = COST((void)0);

		least = cost < least ? cost : least;
	}
	cost_empty = least;
}

TEST("every operation of the benchmark happens")
{
	CHECK_OK(page_credits(6000));
	cost_calibrate();
	if (cycles_now() == cycles_now())
		SKIP("the CPU has no cycle counter");
	bench_map();
	bench_frame();
	bench_msg();
	bench_fault();
	bench_time();
	bench_proc();
}
