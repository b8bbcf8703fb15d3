/* SPDX-License-Identifier: ISC
 * A pager that ends in the middle of a fault. */
#include "test.h"

static void dies(void *shared)
{
	struct msg m;

	frame_allow(0, ALLOW_SEND);
	*(volatile int *)shared = 1;
	msg_recv(&m, -1);
	proc_exit(0);
}

static void client(void *shared)
{
	(void)shared;
	proc_exit(*(volatile int *)CHILD_FREE_VA);
}

TEST("when a pager ends with a fault in its hands, the fault goes to the parent, and so do later ones")
{
	struct child pager, c;
	struct msg m;
	int f = mem_new(PAGE_SIZE);

	child_make(&pager);
	child_credits(&pager);
	child_run(&pager, dies);
	while (!*(volatile int *)pager.shared)
		thread_park(MS(1));
	child_make(&c);
	CHECK_OK(proc_pager(c.pid, pager.pid));
	child_run(&c, client);
	CHECK_OK(proc_wait(pager.pid, PATIENT, NULL));
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0], CHILD_FREE_VA);
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RO));
	m.tag = 0;
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_EQ(child_join(&c), 0);
}
