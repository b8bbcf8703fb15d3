/* SPDX-License-Identifier: ISC
 * An upcall area that cannot be written. */
#include "test.h"

static void handler(void *area)
{
	(void)area;
	proc_exit(1);
}

static void touches(void *shared)
{
	(void)shared;
	thread_upcall(handler, (void *)(CHILD_FREE_VA + PAGE_SIZE));
	proc_exit(*(volatile int *)CHILD_FREE_VA);
}

TEST("when the area is not mapped, or read-only, the fault goes to the parent as it is")
{
	struct child c;
	struct msg m;
	int f = mem_new(PAGE_SIZE);

	child_start(&c, touches);
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0], CHILD_FREE_VA);
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA + PAGE_SIZE, 0, 0, PAGE_RO));
	m = (struct msg){.tag = 0};
	CHECK_OK(msg_reply(c.pid, &m));
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0], CHILD_FREE_VA);
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RO));
	m = (struct msg){.tag = 0};
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_EQ(child_join(&c), 0);
}
