/* SPDX-License-Identifier: ISC
 * Notifications. */
#include "test.h"

static void sends(void *shared)
{
	int *out = shared;
	struct msg m = {.tag = 1};

	msg_notify(out[0], 1u << 3);
	msg_notify(out[0], 1u << 31 | 1u);
	out[1] = 1;
	msg_send(out[0], &m, -1);
	proc_exit(0);
}

TEST("notification bits are or-ed and received before other messages, once")
{
	struct child c;
	struct msg m;

	child_make(&c);
	*(int *)c.shared = thread_self();
	child_run(&c, sends);
	thread_park(SHORT);
	CHECK_OK(msg_recv(&m, 0));
	CHECK_EQ(m.from, 0);
	CHECK_EQ(m.tag, MSG_NOTIFY);
	CHECK_EQ(m.word[0], 1u << 31 | 1u << 3 | 1u);
	child_message(&c, &m, 1);
	child_message(&c, &m, MSG_DIED);
	CHECK_ERR(msg_recv(&m, 0), ERR_TIMEOUT);
}
