/* SPDX-License-Identifier: ISC
 * Rule 2: a parent that has withdrawn all rights from its child. */
#include "test.h"

#define CALLS 12

static void calls(void *shared)
{
	int *out = shared, parent = out[CALLS], f = out[CALLS + 1];
	struct proc_info info;
	struct msg m = {.tag = 1}, with = {.tag = 1, .frame = f};

	out[0] = proc_info(parent, &info);
	out[1] = proc_watch(parent, 1);
	out[2] = vspace_root(parent);
	out[3] = msg_call(parent, &m, MS(100));
	out[4] = msg_send(parent, &m, MS(100));
	out[5] = msg_notify(parent, 1);
	out[6] = frame_give(f, parent);
	out[7] = proc_pager(0, parent);
	out[8] = irq_allow(parent, 1);
	out[9] = proc_watch(parent, -1);
	out[10] = msg_send(parent, &with, MS(100));
	out[11] = frame_allow(parent, ALLOW_SEND); /* anybody may be allowed something */
	proc_exit(0);
}

TEST("who was left no right to its parent cannot name it in any call; its answers are those for an id that is none")
{
	int f = mem_new(PAGE_SIZE), *out;
	struct child c;

	child_make(&c);
	child_credits(&c);
	out = c.shared;
	out[CALLS] = thread_self();
	out[CALLS + 1] = f;
	CHECK_OK(frame_allow(c.pid, 0));
	CHECK_OK(frame_give(f, c.pid));
	child_run(&c, calls);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	for (int n = 0; n < CALLS - 1; n++)
		CHECK_EQ(out[n], ERR_PROC);
	CHECK_EQ(out[CALLS - 1], 0);
}
