/* SPDX-License-Identifier: ISC
 * frame_map: ERR_FRAME. Foreign tables are tests of frame_allow. */
#include "test.h"

TEST("frame_map refuses frames and tables that are not mine")
{
	struct child c;
	int l2 = l2_new(), f = mem_new(PAGE_SIZE);

	CHECK_ERR(frame_map(NO_ID, f, 0, 0, 0, PAGE_RO), ERR_FRAME);
	CHECK_ERR(frame_map(l2, NO_ID, 0, 0, 0, PAGE_RO), ERR_FRAME);
	CHECK_ERR(frame_map(0, f, 0, 0, 0, PAGE_RO), ERR_FRAME);
	CHECK_ERR(frame_map(l2, 0, 0, 0, 0, PAGE_RO), ERR_FRAME);
	child_make(&c);
	CHECK_ERR(frame_map(l2, c.stack_f, 0, 0, 0, PAGE_RO), ERR_FRAME);
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RO));
	CHECK_OK(proc_end(c.pid, 0));
	child_join(&c);
}
