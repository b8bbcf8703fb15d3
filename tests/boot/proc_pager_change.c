/* SPDX-License-Identifier: ISC
 * proc_pager: naming, taking back, and the dead. */
#include "test.h"

static void server(void *shared)
{
	struct msg m;

	frame_allow(0, ALLOW_SEND);
	*(volatile int *)shared = 1;
	while (msg_recv(&m, -1) == 0) {
		m.tag = 7;
		msg_reply(m.from, &m);
	}
}

static void touches(void *shared)
{
	(void)shared;
	proc_exit(*(volatile int *)CHILD_FREE_VA);
}

TEST("a pager that is taken back gets no faults any more, and the dead neither have nor are pagers")
{
	struct child pager, c;
	struct msg m;

	child_make(&pager);
	child_credits(&pager);
	child_run(&pager, server);
	while (!*(volatile int *)pager.shared)
		thread_park(MS(1));
	child_make(&c);
	CHECK_OK(proc_pager(c.pid, pager.pid));
	CHECK_OK(proc_pager(c.pid, 0));
	child_run(&c, touches);
	child_message(&c, &m, MSG_FAULT);
	m.tag = 9;
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_EQ(child_join(&c), 9);
	child_make(&c);
	CHECK_OK(proc_pager(c.pid, pager.pid));
	child_run(&c, touches);
	CHECK_EQ(child_join(&c), 7);
	child_make(&c);
	CHECK_OK(proc_end(pager.pid, 0));
	CHECK_ERR(proc_pager(c.pid, pager.pid), ERR_DEAD);
	CHECK_OK(proc_end(c.pid, 0));
	CHECK_ERR(proc_pager(c.pid, 0), ERR_DEAD);
}
