/* SPDX-License-Identifier: ISC
 * A call whose time runs out while it waits for the answer. */
#include "test.h"

static void late(void *shared)
{
	int *out = shared;
	struct msg m;

	msg_recv(&m, -1);
	out[0] = (int)m.word[0];
	thread_park(MS(100));
	out[1] = msg_reply(m.from, &m);
	proc_exit(0);
}

TEST("a call's timeout covers the answer too; a late answer finds nobody waiting")
{
	struct child c;
	struct msg m = {.tag = 1, .word = {4}};

	child_start(&c, late);
	thread_park(MS(5));
	CHECK_ERR(msg_call(c.pid, &m, SHORT), ERR_TIMEOUT);
	CHECK_EQ(m.tag, 1);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(((int *)c.shared)[0], 4);
	CHECK_ERR(((int *)c.shared)[1], ERR_PROC);
}
