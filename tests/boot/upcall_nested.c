/* SPDX-License-Identifier: ISC
 * A fault in the handler goes to the pager, and without one to the parent. */
#include "test.h"

static void handler(void *area)
{
	/* The area is busy: this fault is the parent's. */
	((volatile int *)CHILD_SHARED_VA)[1] = *(volatile int *)(CHILD_FREE_VA + 8 * PAGE_SIZE);
	((volatile int *)CHILD_SHARED_VA)[2] = 1;
	proc_exit(area ? 4 : 5);
}

static void touches(void *shared)
{
	thread_upcall(handler, (char *)shared + 64);
	proc_exit(*(volatile int *)CHILD_FREE_VA);
}

TEST("while the area is busy faults go to the parent")
{
	struct child c;
	struct msg m;
	int f = mem_new(PAGE_SIZE);

	child_start(&c, touches);
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0], CHILD_FREE_VA + 8 * PAGE_SIZE);
	CHECK(((struct upcall *)((char *)c.shared + 64))->busy);
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA + 8 * PAGE_SIZE, 0, 0, PAGE_RO));
	m = (struct msg){.tag = 0};
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_EQ(child_join(&c), 4);
}
