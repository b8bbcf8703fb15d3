/* SPDX-License-Identifier: ISC
 * proc_new: each refusal. */
#include "test.h"

TEST("proc_new takes an unmapped memory frame of mine of PROC_SIZE and nothing else")
{
	int f = mem_new(PROC_SIZE), l2 = l2_new();

	CHECK_ERR(proc_new(NO_ID), ERR_FRAME);
	CHECK_ERR(proc_new(l2), ERR_KIND);
	CHECK_ERR(proc_new(mem_new(PROC_SIZE + PAGE_SIZE)), ERR_RANGE);
	CHECK_ERR(proc_new(mem_new(PAGE_SIZE)), ERR_RANGE);
	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RO));
	CHECK_ERR(proc_new(f), ERR_BUSY);
	CHECK_EQ(frame_kind(f), FRAME_MEM);
}
