/* SPDX-License-Identifier: ISC
 * What a row of the benchmark is written with.  A row does its operation once, checks that it happened, and answers how many
 * instructions it took (cycles_now under ICOUNT=1), from before the stub is called to after it returned. */
#ifndef BENCH_H
#define BENCH_H

#include "test.h"

#define BENCH_RUNS 64 /* whole operations, of which the median counts */

/** Instructions that an expression takes. */
#define COST(expr)                                                                                                     \
	({                                                                                                             \
		uint32_t cost_begin = cycles_now();                                                                    \
                                                                                                                       \
		expr;                                                                                                  \
		cost_since(cost_begin);                                                                                \
	})

/** How long ago that was, without what reading the counter twice costs. */
uint32_t cost_since(uint32_t begin);
extern uint32_t cost_empty;

/** Prints the row `name`: the median of BENCH_RUNS times `once`, for each of `parts` parts. */
void bench_row(const char *name, unsigned parts, uint32_t (*once)(void));
/** Prints a row that was measured otherwise: `samples` of n operations, which it sorts. */
void bench_samples(const char *name, unsigned parts, uint32_t *samples, unsigned n);

/* The groups of rows, by the object they are about. */
void bench_map(void);
void bench_frame(void);
void bench_msg(void);
void bench_fault(void);
void bench_time(void);
void bench_proc(void);

#endif
