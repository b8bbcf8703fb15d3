/* SPDX-License-Identifier: ISC * A call that timed out is answered while the same thread waits in its next one. */
#include "test.h"

/* Calls twice, the first time for a moment only; tells what came. */
static void caller(void *shared)
{
	volatile uint32_t *r = shared;
	struct msg m = {.tag = 1};
	struct proc_info me;

	proc_info(0, &me);
	r[0] = (uint32_t)msg_call(me.parent, &m, MS(20));
	m = (struct msg){.tag = 2};
	r[1] = (uint32_t)msg_call(me.parent, &m, -1);
	r[2] = (uint32_t)m.tag;
	r[3] = m.call;
	r[4] = (uint32_t)m.pid;
	r[5] = (uint32_t)m.from;
	proc_exit(0);
}

TEST("an answer is for the call that it names: one that timed out gets ERR_PROC, and the next one of that thread "
     "nothing")
{
	struct msg first, second, a;
	struct child c;
	uint32_t *r;
	int status;

	child_start(&c, caller);
	r = c.shared;
	CHECK_OK(msg_recv(&first, PATIENT));
	CHECK_EQ(first.tag, 1);
	CHECK_EQ(first.pid, c.pid);
	CHECK(first.call != 0);
	CHECK_OK(msg_recv(&second, PATIENT)); /* the first has timed out */
	CHECK_EQ(second.tag, 2);
	CHECK_EQ(second.from, first.from);
	CHECK(second.call != 0 && second.call != first.call);
	a = (struct msg){.tag = 11, .call = first.call};
	CHECK_ERR(msg_reply(first.from, &a), ERR_PROC);
	CHECK_ERR(msg_reply_recv(first.from, &a, 0), ERR_PROC);
	a = (struct msg){.tag = 22, .call = second.call};
	CHECK_OK(msg_reply(second.from, &a));
	CHECK_OK(proc_wait(c.pid, PATIENT, &status));
	CHECK_EQ((int)r[0], ERR_TIMEOUT);
	CHECK_EQ((int)r[1], 0);
	CHECK_EQ(r[2], 22);
	CHECK_EQ(r[3], second.call);
	CHECK_EQ((int)r[4], thread_self());
	CHECK_EQ((int)r[5], thread_self());
}
