/* SPDX-License-Identifier: ISC
 * frame_table: ERR_BUSY in every form. What else refers to tables has tests of its own. */
#include "test.h"

TEST("a table that holds something, stands somewhere or is a root does not turn back into memory")
{
	int l2, l1 = l1_with_l2(&l2), page = mem_new(PAGE_SIZE);

	CHECK_ERR(frame_table(l1, FRAME_MEM), ERR_BUSY);
	CHECK_ERR(frame_table(l2, FRAME_MEM), ERR_BUSY);
	CHECK_OK(frame_unmap(l1, l2, 0, 0));
	CHECK_OK(frame_map(l2, page, 0, 0, 0, PAGE_RO));
	CHECK_ERR(frame_table(l2, FRAME_MEM), ERR_BUSY);
	CHECK_OK(frame_protect(l2, page, 0, 0, 0));
	CHECK_ERR(frame_table(l2, FRAME_MEM), ERR_BUSY);
	CHECK_OK(frame_unmap(l2, page, 0, 0));
	CHECK_OK(frame_table(l2, FRAME_MEM));
	CHECK_ERR(frame_table(vspace_root(0), FRAME_MEM), ERR_BUSY);
}
