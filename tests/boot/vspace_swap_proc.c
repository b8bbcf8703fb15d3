/* SPDX-License-Identifier: ISC
 * A child's PROC frame mapped into its own new root, then swapped. */
#include "test.h"

static void look(void *shared)
{
	const struct proc_info *info = (const struct proc_info *)CHILD_FREE_VA;

	(void)shared;
	proc_exit(info->pid == thread_self() ? 6 : 7);
}

TEST("a PROC frame mapped in the root that is swapped in stays the parent's, and shows the child itself")
{
	struct child c;

	child_build(&c);
	CHECK_OK(frame_map(c.l2, c.proc, CHILD_FREE_VA, 0, PAGE_SIZE, PAGE_RO));
	CHECK_EQ(vspace_swap(c.pid, c.l1), 0);
	child_run(&c, look);
	CHECK_EQ(child_join(&c), 6);
}
