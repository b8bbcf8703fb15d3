/* SPDX-License-Identifier: ISC
 * Faults of a child without a pager go to its parent. */
#include "test.h"

static void touches(void *shared)
{
	volatile int *page = (volatile int *)(CHILD_FREE_VA + 8);

	(void)shared;
	*page = 31;
	proc_exit(*page);
}

TEST("a fault tells address, pc, kind, root and table, waits for its answer, and retries with tag 0")
{
	struct child c;
	struct msg m;
	int f = mem_new(PAGE_SIZE);

	child_start(&c, touches);
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0], CHILD_FREE_VA + 8);
	CHECK(m.word[1] >= ((uintptr_t)touches & ~1u) && m.word[1] < ((uintptr_t)touches & ~1u) + 64);
	CHECK_EQ(m.word[2], FAULT_WRITE | FAULT_NOMAP);
	CHECK_EQ(m.word[3], c.l1);
	CHECK_EQ(m.word[4], c.l2);
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RW));
	m = (struct msg){.tag = 0};
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_EQ(child_join(&c), 31);
}
