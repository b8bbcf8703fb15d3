/* SPDX-License-Identifier: ISC
 * A fault refused ends the thread. */
#include "test.h"

static void touches(void *shared)
{
	(void)shared;
	proc_exit(*(volatile int *)CHILD_FREE_VA);
}

TEST("a fault answered with another tag than 0 ends the thread; the last thread's end is the process's, status that "
     "tag")
{
	struct child c;
	struct msg m;

	child_start(&c, touches);
	child_message(&c, &m, MSG_FAULT);
	m = (struct msg){.tag = 139};
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_EQ(child_join(&c), 139);
}
