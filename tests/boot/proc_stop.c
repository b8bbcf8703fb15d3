/* SPDX-License-Identifier: ISC
 * proc_stop and proc_resume of a running child. */
#include "test.h"

static void count(void *shared)
{
	volatile uint32_t *n = shared;

	while (!n[1])
		n[0]++;
	proc_exit(0);
}

TEST("a stopped child does not run one instruction until it is resumed")
{
	struct child c;
	volatile uint32_t *n;
	uint32_t then;

	child_start(&c, count);
	n = c.shared;
	while (!n[0])
		thread_park(MS(1));
	CHECK_OK(proc_stop(c.pid));
	then = n[0];
	CHECK_ERR(thread_park(SHORT), ERR_TIMEOUT);
	CHECK_EQ(n[0], then);
	CHECK_OK(proc_resume(c.pid));
	while (n[0] == then)
		thread_park(MS(1));
	n[1] = 1;
	CHECK_EQ(child_join(&c), 0);
}
