/* SPDX-License-Identifier: ISC
 * Priorities: limits. */
#include "test.h"

TEST("no process gets a priority above its parent's, no thread one above its process's")
{
	struct child c;
	struct proc_info me, its;

	CHECK_OK(proc_info(0, &me));
	CHECK(me.priority <= PRIORITY_MAX);
	child_make(&c);
	CHECK_OK(proc_info(c.pid, &its));
	CHECK_EQ(its.priority, me.priority);
	CHECK_ERR(proc_priority(NO_ID, 1), ERR_PROC);
	CHECK_ERR(proc_priority(c.pid, -1), ERR_RANGE);
	CHECK_ERR(proc_priority(c.pid, PRIORITY_MAX + 1), ERR_RANGE);
	if (me.priority < PRIORITY_MAX)
		CHECK_ERR(proc_priority(c.pid, me.priority + 1), ERR_RIGHT);
	CHECK_OK(proc_priority(c.pid, me.priority));
	CHECK_OK(proc_priority(c.pid, 2));
	CHECK_ERR(thread_priority(c.pid, 3), ERR_RIGHT);
	CHECK_OK(thread_priority(c.pid, 1));
	CHECK_ERR(thread_priority(c.pid, -1), ERR_RANGE);
	CHECK_ERR(thread_priority(c.pid, PRIORITY_MAX + 1), ERR_RANGE);
	CHECK_ERR(thread_priority(NO_ID, 1), ERR_PROC);
	CHECK_OK(thread_priority(0, me.priority));
}
