/* SPDX-License-Identifier: ISC
 * thread_park and thread_unpark. */
#include "test.h"

static volatile int woken;

static void sleeper(void *arg)
{
	(void)arg;
	woken = 1 + thread_park(-1);
}

TEST("a permit before the park is not lost, there is only one, and a park without one waits its time")
{
	int me = thread_self(), tid;
	int64_t start;

	CHECK_ERR(thread_park(0), ERR_TIMEOUT);
	CHECK_OK(thread_unpark(me));
	CHECK_OK(thread_unpark(me));
	CHECK_OK(thread_park(-1));
	CHECK_ERR(thread_park(0), ERR_TIMEOUT);
	start = time_now();
	CHECK_ERR(thread_park(MS(30)), ERR_TIMEOUT);
	CHECK(time_now() - start >= MS(30));
	CHECK_ERR(thread_unpark(NO_ID), ERR_PROC);
	CHECK_ERR(thread_unpark(name_lookup("files")), ERR_PROC);
	tid = CHECK_OK(thread_start(sleeper, NULL, 4 * PAGE_SIZE));
	CHECK_OK(thread_unpark(tid));
	CHECK_OK(thread_join(tid));
	CHECK_EQ(woken, 1);
}
