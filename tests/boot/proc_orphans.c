/* SPDX-License-Identifier: ISC
 * When a parent ends its children pass to its own parent. */
#include "test.h"

struct report {
	int grandchild_frame, f_l1, pid;
};

static void makes_child(void *shared)
{
	struct report *r = shared;

	r->pid = proc_new(r->grandchild_frame);
	proc_exit(r->pid < 0 ? 1 : 0);
}

TEST("the child of a process that ends is its parent's child at once")
{
	struct child c;
	struct report *r;
	struct proc_info info;

	child_make(&c);
	r = c.shared;
	r->grandchild_frame = mem_new(PROC_SIZE);
	CHECK_OK(frame_give(r->grandchild_frame, c.pid));
	child_run(&c, makes_child);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK(r->pid > 0);
	CHECK_OK(proc_info(r->pid, &info));
	CHECK_EQ(info.parent, thread_self());
	CHECK_EQ(info.state, PROC_STOPPED);
	CHECK_OK(proc_end(r->pid, 3));
	CHECK_OK(proc_wait(r->pid, PATIENT, NULL));
	CHECK_OK(proc_reap(r->pid));
	CHECK_EQ(frame_kind(r->grandchild_frame), FRAME_MEM);
}
