/* SPDX-License-Identifier: ISC
 * thread_priority orders the threads of one process. One CPU. */
#include "test.h"

static volatile uint32_t low_ran;
static volatile int stop;

static void low(void *arg)
{
	(void)arg;
	thread_priority(0, 1);
	while (!stop)
		low_ran++;
}

TEST("a thread that lowered its priority runs only while the others wait")
{
	int tid = CHECK_OK(thread_start(low, NULL, 4 * PAGE_SIZE));
	uint32_t then;
	int64_t end;

	CHECK_ERR(thread_park(SHORT), ERR_TIMEOUT);
	then = low_ran;
	CHECK(then > 0);
	end = time_now() + MS(50);
	while (time_now() < end)
		continue;
	CHECK_EQ(low_ran, then);
	stop = 1;
	CHECK_OK(thread_join(tid));
}
