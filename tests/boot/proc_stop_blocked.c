/* SPDX-License-Identifier: ISC
 * proc_stop of a child that waits in a call. */
#include "test.h"

static void waits(void *shared)
{
	struct msg m;
	int err = msg_recv(&m, -1);

	(void)shared;
	proc_exit(err == 0 ? (int)m.word[0] : 99);
}

TEST("a child stopped while it waits for a message gets it after it is resumed")
{
	struct child c;
	struct msg m = {.tag = 1, .word = {33}};

	child_start(&c, waits);
	thread_park(SHORT);
	CHECK_OK(proc_stop(c.pid));
	thread_park(MS(1));
	CHECK_OK(proc_resume(c.pid));
	CHECK_OK(msg_send(c.pid, &m, PATIENT));
	CHECK_EQ(child_join(&c), 33);
}
