/* SPDX-License-Identifier: ISC
 * proc_watch of my child; and its refusals. */
#include "test.h"

static void waits(void *shared)
{
	(void)shared;
	thread_park(-1);
}

TEST("proc_watch notifies of the chosen bit when the process ends, until it is withdrawn")
{
	struct child a, b;
	struct msg m;
	int credits;

	child_start(&a, waits);
	child_start(&b, waits);
	CHECK_ERR(proc_watch(NO_ID, 1), ERR_PROC);
	CHECK_ERR(proc_watch(a.pid, 32), ERR_RANGE);
	CHECK_ERR(proc_watch(a.pid, -2), ERR_RANGE);
	page_credits(8);
	credits = credits_free();
	CHECK_OK(proc_watch(a.pid, 5));
	CHECK_OK(proc_watch(b.pid, 6));
	CHECK_EQ(credits_free(), credits - 2);
	CHECK_OK(proc_watch(b.pid, -1));
	CHECK_EQ(credits_free(), credits - 1);
	CHECK_OK(proc_end(a.pid, 0));
	CHECK_OK(proc_end(b.pid, 0));
	CHECK_OK(msg_recv(&m, PATIENT));
	CHECK_EQ(m.tag, MSG_NOTIFY);
	CHECK_EQ(m.from, 0);
	CHECK_EQ(m.word[0], 1u << 5);
	CHECK_EQ(credits_free(), credits);
	CHECK_ERR(proc_watch(a.pid, 5), ERR_DEAD);
}
