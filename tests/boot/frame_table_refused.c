/* SPDX-License-Identifier: ISC
 * frame_table: refusals by kind, alignment and size. */
#include "test.h"

TEST("frame_table refuses wrong kinds, sizes and alignments, and changes nothing")
{
	int big = CHECK_OK(page_alloc(2 * L1_SIZE, L1_SIZE)), page = mem_new(PAGE_SIZE), l2 = l2_new();
	int odd;

	CHECK_ERR(frame_table(NO_ID, FRAME_L2), ERR_FRAME);
	CHECK_ERR(frame_table(l2, FRAME_L1), ERR_KIND);
	CHECK_ERR(frame_table(l2, FRAME_L2), ERR_KIND);
	CHECK_ERR(frame_table(page, 0), ERR_KIND);
	CHECK_ERR(frame_table(page, 99), ERR_KIND);
	CHECK_ERR(frame_table(page, FRAME_DEV), ERR_KIND);
	CHECK_ERR(frame_table(page, FRAME_PROC), ERR_KIND);
	CHECK_ERR(frame_table(page, FRAME_THREAD), ERR_KIND);
	CHECK_ERR(frame_table(page, FRAME_RECORDS), ERR_KIND);
	CHECK_ERR(frame_table(big, FRAME_L1), ERR_RANGE);
	CHECK_ERR(frame_table(big, FRAME_L2), ERR_RANGE);
	CHECK_ERR(frame_table(CHECK_OK(page_alloc(PAGE_SIZE, L1_SIZE)), FRAME_L1), ERR_RANGE);
	odd = CHECK_OK(frame_split(big, PAGE_SIZE));
	CHECK_OK(frame_split(odd, L1_SIZE));
	CHECK_ERR(frame_table(odd, FRAME_L1), ERR_ALIGN);
	CHECK_EQ(frame_kind(odd), FRAME_MEM);
	CHECK_EQ(frame_kind(page), FRAME_MEM);
}
