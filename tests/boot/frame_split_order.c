/* SPDX-License-Identifier: ISC
 * The order in which errors are answered when several apply. */
#include "test.h"

TEST("of several errors the earlier in FRAME, PROC, RIGHT, KIND, ALIGN, RANGE is answered")
{
	int f = mem_new(PAGE_SIZE), l2 = l2_new();

	CHECK_ERR(frame_split(NO_ID, 1), ERR_FRAME);
	CHECK_ERR(frame_split(l2, 1), ERR_KIND);
	CHECK_ERR(frame_split(f, 9 * PAGE_SIZE + 1), ERR_ALIGN);
	CHECK_ERR(frame_give(NO_ID, NO_ID), ERR_FRAME);
	CHECK_ERR(frame_give(f, NO_ID), ERR_PROC);
	CHECK_ERR(vspace_swap(NO_ID, NO_ID), ERR_FRAME);
	CHECK_ERR(frame_map(l2, f, 1, 9 * PAGE_SIZE, 0, PAGE_RO), ERR_ALIGN);
}
