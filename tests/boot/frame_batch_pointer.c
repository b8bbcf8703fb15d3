/* SPDX-License-Identifier: ISC
 * frame_batch with an array that cannot be accessed. The process has no pager, so its parent refuses.
 * Refusals: frame_batch:POINTER */
#include "test.h"

static void caller(void *shared)
{
	int *out = shared;

	out[0] = frame_batch((struct frame_op *)CHILD_FREE_VA, 1);
	out[1] = frame_batch((struct frame_op *)USER_END, 1);
	out[2] = frame_batch((struct frame_op *)0xfffffff0, 1);
	proc_exit(0);
}

TEST("a batch whose array cannot be accessed answers POINTER when the fault is refused, and the thread lives")
{
	struct child c;
	struct msg m;

	child_start(&c, caller);
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0], CHILD_FREE_VA);
	m = (struct msg){.tag = 1};
	CHECK_OK(msg_reply(c.pid, &m));
	while (proc_wait(c.pid, SHORT, NULL) == ERR_TIMEOUT) {
		child_message(&c, &m, MSG_FAULT);
		m = (struct msg){.tag = 1};
		CHECK_OK(msg_reply(c.pid, &m));
	}
	CHECK_ERR(((int *)c.shared)[0], ERR_POINTER);
	CHECK_ERR(((int *)c.shared)[1], ERR_POINTER);
	CHECK_ERR(((int *)c.shared)[2], ERR_POINTER);
}
