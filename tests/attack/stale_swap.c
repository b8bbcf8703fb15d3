/* SPDX-License-Identifier: ISC
 * Rule 6, vspace_swap: with the root go all of its pages. */
#include "attack.h"

static void touches(void *shared)
{
	volatile uint32_t *n = shared, *page = (volatile uint32_t *)CHILD_FREE_VA;

	for (;;) {
		page[0]++;
		n[0]++;
	}
}

ATTACK("go on using pages of the old root after the parent put another under me, or none",
	"an address space that the parent took back")
{
	struct child c, other;
	struct msg m;
	int f_id = mem_new(PAGE_SIZE);

	child_make(&c);
	child_build(&other);
	CHECK_OK(frame_map(c.l2, f_id, CHILD_FREE_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_unmap(other.l2, other.shared_f, CHILD_SHARED_VA, 0));
	CHECK_OK(frame_map(other.l2, c.shared_f, CHILD_SHARED_VA, 0, 0, PAGE_RW | F_MAP_KEEP));
	child_run(&c, touches);
	child_says(&c, 0);
	CHECK_EQ(vspace_swap(c.pid, other.l1), c.l1);
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0], CHILD_FREE_VA);
	CHECK_EQ(m.word[3], other.l1);
	m = (struct msg){.tag = 0};
	CHECK_EQ(vspace_swap(c.pid, 0), other.l1);
	CHECK_OK(msg_reply(c.pid, &m));
	child_message(&c, &m, MSG_FAULT);
	CHECK(m.word[2] & FAULT_EXEC);
	CHECK_EQ(m.word[3], 0);
	CHECK_OK(proc_end(c.pid, 0));
}
