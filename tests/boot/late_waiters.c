/* SPDX-License-Identifier: ISC
 * Rule 9: any number of threads may wait for one process.  Host load can delay a guest: see late.h. */
#include "late.h"

#define WAITERS 2000

static volatile uint32_t woken, over;
static int target;

static void waits(void *arg)
{
	(void)arg;
	proc_wait(target, -1, NULL);
	over = ++woken == WAITERS;
	for (;;)
		thread_park(-1);
}

static void ends(void *shared)
{
	volatile uint32_t *n = shared;

	while (!n[1])
		thread_park(MS(1));
	proc_exit(0);
}

TEST("alarms are on time while a process ends that 2,000 threads wait for, and all of them learn of it")
{
	struct child c;

	page_credits(4 * WAITERS);
	child_start(&c, ends);
	CHECK_OK(proc_priority(c.pid, 3));
	target = c.pid;
	late_threads(WAITERS, waits);
	CHECK_ERR(thread_park(MS(200)), ERR_TIMEOUT);
	((volatile uint32_t *)c.shared)[1] = 1;
	CHECK(late_worst(&over) < late_max());
	CHECK_EQ(woken, WAITERS);
}
