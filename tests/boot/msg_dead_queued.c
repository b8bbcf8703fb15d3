/* SPDX-License-Identifier: ISC
 * A receiver that ends before it received. */
#include "test.h"

static volatile int pid;

static void ends_it(void *arg)
{
	(void)arg;
	thread_park(SHORT);
	proc_end(pid, 0);
}

TEST("a call that still waits in a port is answered DEAD when the port's process ends")
{
	struct child c;
	struct msg m = {.tag = 1};
	int tid;

	child_make(&c);
	pid = c.pid;
	tid = CHECK_OK(thread_start(ends_it, NULL, 4 * PAGE_SIZE));
	CHECK_ERR(msg_call(c.pid, &m, PATIENT), ERR_DEAD);
	CHECK_OK(thread_join(tid));
}
