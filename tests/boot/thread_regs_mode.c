/* SPDX-License-Identifier: ISC
 * Rule 11: thread_regs cannot set what a user may not. */
#include "test.h"

static void ends(void *shared)
{
	(void)shared;
	proc_exit(5);
}

TEST("setting a thread's cpsr cannot leave user mode nor mask interrupts")
{
	struct child c;
	struct regs regs;

	child_start(&c, ends);
	if (proc_stop(c.pid) == ERR_DEAD)
		SKIP("the child was faster than its parent");
	CHECK_OK(thread_regs(c.pid, &regs, 0));
	regs.cpsr = (regs.cpsr & ~0x1fu) | 0x13 | 1u << 7 | 1u << 6;
	CHECK_OK(thread_regs(c.pid, &regs, 1));
	CHECK_OK(thread_regs(c.pid, &regs, 0));
	CHECK_EQ(regs.cpsr & 0x1f, 0x10);
	CHECK_EQ(regs.cpsr & (1u << 7), 0);
	CHECK_OK(proc_resume(c.pid));
	CHECK_EQ(child_join(&c), 5);
}
