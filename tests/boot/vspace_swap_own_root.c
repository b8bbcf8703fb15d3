/* SPDX-License-Identifier: ISC
 * A table that is a root, and can be read in the spaces of a swap. */
#include "test.h"

TEST("a swap leaves a root in use with its process, though the root can be read in the space that moves")
{
	int l2, l1 = l1_with_l2(&l2), root = CHECK_OK(vspace_root(0)), next = l1_new();
	struct child c;
	struct frame f;

	CHECK_OK(frame_map(l2, root, 0, 0, 0, PAGE_RO));
	child_build(&c);
	CHECK_OK(vspace_swap(c.pid, l1));
	CHECK_EQ(CHECK_OK(vspace_root(0)), root);
	CHECK_EQ(CHECK_OK(frame_next(0, root)) >= 0, 1); /* it is mine still */
	/* Nor does the new root go back because the old space shows it. */
	CHECK_OK(frame_map(l2, next, 8 * PAGE_SIZE, 0, 0, PAGE_RO));
	CHECK_EQ(CHECK_OK(vspace_swap(c.pid, next)), l1);
	CHECK_EQ(CHECK_OK(vspace_root(c.pid)), next);
	CHECK_OK(frame_info(next, &f));
	CHECK_ERR(frame_give(next, 0), ERR_FRAME); /* it is the child's */
	CHECK_EQ(CHECK_OK(vspace_swap(c.pid, 0)), next);
	CHECK_OK(proc_end(c.pid, 0));
	CHECK_OK(proc_reap(c.pid));
}
