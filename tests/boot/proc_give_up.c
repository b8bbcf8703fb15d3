/* SPDX-License-Identifier: ISC
 * A PROC frame given to the giver's parent. */
#include "test.h"

struct report {
	int parent, proc, pid, given;
};

static void gives_up(void *shared)
{
	struct report *r = shared;

	r->pid = proc_new(r->proc);
	r->given = frame_give(r->proc, r->parent);
	thread_park(-1);
}

TEST("a child gives a child of its own to its parent, which then is the parent, without any grant")
{
	struct child c;
	volatile struct report *r;
	struct proc_info info;
	int proc = mem_new(PROC_SIZE);

	child_make(&c);
	CHECK_OK(frame_give(proc, c.pid));
	r = c.shared;
	r->parent = thread_self();
	r->proc = proc;
	r->given = 1;
	CHECK_OK(frame_allow(c.pid, ALLOW_SEND | ALLOW_GIVE));
	child_run(&c, gives_up);
	while (r->given == 1)
		thread_park(MS(1));
	CHECK_EQ(r->given, 0);
	CHECK_OK(proc_info(r->pid, &info));
	CHECK_EQ(info.parent, thread_self());
	CHECK_OK(proc_end(r->pid, 0));
	CHECK_OK(proc_wait(r->pid, PATIENT, NULL));
	CHECK_OK(proc_reap(r->pid));
	CHECK_EQ(frame_kind(proc), FRAME_MEM);
}
