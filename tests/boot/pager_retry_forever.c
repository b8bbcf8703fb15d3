/* SPDX-License-Identifier: ISC
 * A pager that answers without repairing. */
#include "test.h"

static void touches(void *shared)
{
	(void)shared;
	proc_exit(*(volatile int *)CHILD_FREE_VA);
}

TEST("a fault answered with tag 0 but not repaired comes again, and the machine stays alive")
{
	struct child c;
	struct msg m;

	child_start(&c, touches);
	for (int n = 0; n < 100; n++) {
		child_message(&c, &m, MSG_FAULT);
		m.tag = 0;
		CHECK_OK(msg_reply(c.pid, &m));
	}
	child_message(&c, &m, MSG_FAULT);
	CHECK_OK(proc_end(c.pid, 3));
	CHECK_EQ(child_join(&c), 3);
}
