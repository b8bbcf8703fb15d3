/* SPDX-License-Identifier: ISC
 * thread_yield. */
#include "test.h"

static volatile int turns;

static void other(void *arg)
{
	(void)arg;
	for (int n = 0; n < 100; n++) {
		turns++;
		thread_yield();
	}
}

TEST("a yield lets the next thread of the same priority run before it returns")
{
	int tid = CHECK_OK(thread_start(other, NULL, 4 * PAGE_SIZE)), then;
	int64_t began;

	while (!turns)
		CHECK_OK(thread_yield());
	for (int n = 0; n < 20; n++) {
		then = turns;
		began = time_now();
		CHECK_OK(thread_yield());
		/* On a busy host the other's whole slice (10 ms) may pass before its first instruction. */
		CHECK(turns > then || time_now() - began >= 10 * 1000 * 1000);
	}
	CHECK_OK(thread_join(tid));
	CHECK_EQ(turns, 100);
}
