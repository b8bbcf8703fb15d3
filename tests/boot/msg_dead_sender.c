/* SPDX-License-Identifier: ISC
 * A sender that ends in the middle of its call. */
#include "test.h"

static void calls(void *shared)
{
	int *out = shared;
	struct msg m = {.tag = 1};

	msg_call(out[0], &m, -1);
}

TEST("a caller that ended is gone from the port, and cannot be answered any more")
{
	struct child a, b;
	struct msg m;

	child_make(&a);
	*(int *)a.shared = thread_self();
	child_run(&a, calls);
	child_message(&a, &m, 1);
	CHECK_OK(proc_end(a.pid, 1));
	CHECK_ERR(msg_reply(a.pid, &m), ERR_PROC);
	child_message(&a, &m, MSG_DIED);
	child_make(&b);
	*(int *)b.shared = thread_self();
	child_run(&b, calls);
	thread_park(SHORT);
	CHECK_OK(proc_end(b.pid, 1));
	child_message(&b, &m, MSG_DIED);
	CHECK_ERR(msg_recv(&m, 0), ERR_TIMEOUT);
}
