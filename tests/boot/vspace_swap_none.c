/* SPDX-License-Identifier: ISC
 * Without a root nothing starts. */
#include "test.h"

static void ends(void *shared)
{
	(void)shared;
	proc_exit(4);
}

TEST("without a root starting answers NOMAP; with one put back it starts")
{
	struct child c;

	child_build(&c);
	CHECK_ERR(proc_start(c.pid, (uintptr_t)ends, CHILD_STACK_VA + CHILD_STACK_LEN, 0), ERR_NOMAP);
	CHECK_EQ(vspace_swap(c.pid, c.l1), 0);
	CHECK_EQ(vspace_swap(c.pid, 0), c.l1);
	CHECK_ERR(proc_start(c.pid, (uintptr_t)ends, CHILD_STACK_VA + CHILD_STACK_LEN, 0), ERR_NOMAP);
	CHECK_EQ(vspace_swap(c.pid, c.l1), 0);
	child_run(&c, ends);
	CHECK_EQ(child_join(&c), 4);
}
