/* SPDX-License-Identifier: ISC
 * frame_unmap with t_id 0 is revocation: it reaches into other processes. */
#include "test.h"

static void reader(void *shared)
{
	(void)shared;
	proc_exit(*(volatile int *)CHILD_FREE_VA);
}

TEST("the owner takes a frame out of every table of every process with one call, and nothing to do is success")
{
	struct child c;
	struct msg m;
	int f = mem_new(PAGE_SIZE);

	child_make(&c);
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA + PAGE_SIZE, 0, 0, PAGE_RO));
	CHECK(vm_map(f, 0, 0, RW));
	CHECK_EQ(frame_mappings(f), 3);
	CHECK_OK(frame_unmap(0, f, 0, 0));
	CHECK_EQ(frame_mappings(f), 0);
	CHECK_OK(frame_unmap(0, f, 0, 0));
	child_run(&c, reader);
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0], CHILD_FREE_VA);
	CHECK_EQ(m.word[4], c.l2);
	m = (struct msg){.tag = 5};
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_EQ(child_join(&c), 5);
}
