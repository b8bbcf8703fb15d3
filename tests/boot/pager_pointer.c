/* SPDX-License-Identifier: ISC
 * A pointer argument into a page that a pager must bring first. */
#include "test.h"

static void asks(void *shared)
{
	int *out = shared;

	out[0] = proc_info(0, (struct proc_info *)CHILD_FREE_VA);
	out[1] = ((volatile struct proc_info *)CHILD_FREE_VA)->pid;
	out[2] = proc_info(0, (struct proc_info *)(CHILD_FREE_VA + 4 * PAGE_SIZE));
	proc_exit(0);
}

TEST("a call whose pointer needs a page restarts when the pager brought it, and answers POINTER if it refuses")
{
	struct child c;
	struct msg m;
	int f = mem_new(PAGE_SIZE), *out;

	child_start(&c, asks);
	out = c.shared;
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0] & ~(PAGE_SIZE - 1u), CHILD_FREE_VA);
	CHECK(m.word[2] & FAULT_WRITE);
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RW));
	m = (struct msg){.tag = 0};
	CHECK_OK(msg_reply(c.pid, &m));
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0] & ~(PAGE_SIZE - 1u), CHILD_FREE_VA + 4 * PAGE_SIZE);
	m = (struct msg){.tag = 1};
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(out[0], 0);
	CHECK_EQ(out[1], c.pid);
	CHECK_ERR(out[2], ERR_POINTER);
}
