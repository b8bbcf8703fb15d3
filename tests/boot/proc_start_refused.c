/* SPDX-License-Identifier: ISC
 * proc_start, proc_resume: refusals but ERR_NOMAP. */
#include "test.h"

static void waits(void *shared)
{
	(void)shared;
	thread_park(-1);
	proc_exit(0);
}

TEST("a process starts once, at a user address; resume takes only what was started and stopped")
{
	struct child c;

	child_make(&c);
	CHECK_ERR(proc_start(NO_ID, USER_END / 2, 0, 0), ERR_PROC);
	CHECK_ERR(proc_start(c.pid, USER_END, 0, 0), ERR_RANGE);
	CHECK_ERR(proc_resume(c.pid), ERR_BUSY);
	child_run(&c, waits);
	CHECK_ERR(proc_start(c.pid, (uintptr_t)waits, CHILD_STACK_VA, 0), ERR_BUSY);
	CHECK_ERR(proc_resume(c.pid), ERR_BUSY);
	CHECK_ERR(proc_resume(NO_ID), ERR_PROC);
	CHECK_OK(proc_stop(c.pid));
	CHECK_EQ(vspace_swap(c.pid, 0), c.l1);
	CHECK_ERR(proc_resume(c.pid), ERR_NOMAP);
	CHECK_ERR(proc_stop(NO_ID), ERR_PROC);
	CHECK_OK(proc_end(c.pid, 0));
	CHECK_ERR(proc_end(c.pid, 0), ERR_DEAD);
	CHECK_ERR(proc_end(NO_ID, 0), ERR_PROC);
	CHECK_ERR(proc_start(c.pid, (uintptr_t)waits, CHILD_STACK_VA, 0), ERR_DEAD);
	CHECK_ERR(proc_stop(c.pid), ERR_DEAD);
	CHECK_ERR(proc_resume(c.pid), ERR_DEAD);
}
