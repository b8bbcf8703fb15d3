/* SPDX-License-Identifier: ISC
 * page_alloc and page_free: refusals, limits and counts. */
#include "test.h"

TEST("page_alloc refuses odd lengths and alignments and more than there is; page_hold counts holders")
{
	struct frame f;
	int f_id = CHECK_OK(page_alloc(PAGE_SIZE, 0)), low;

	CHECK_ERR(page_alloc(0, 0), ERR_RANGE);
	CHECK_ERR(page_alloc(17, 0), ERR_RANGE);
	CHECK_ERR(page_alloc(PAGE_SIZE, 3 * PAGE_SIZE), ERR_ALIGN);
	CHECK_ERR(page_alloc(PAGE_SIZE, 16), ERR_ALIGN);
	CHECK_ERR(page_alloc((size_t)1 << 30, 0), ERR_MEMORY);
	CHECK_EQ(page_hold(f_id), 2);
	CHECK_OK(page_free(f_id));
	CHECK_OK(frame_info(f_id, &f));
	CHECK_OK(page_free(f_id));
	CHECK_ERR(page_free(NO_ID), ERR_FRAME);
	CHECK_ERR(page_hold(NO_ID), ERR_FRAME);
	CHECK_ERR(page_free(l2_new()), ERR_KIND);
	low = CHECK_OK(page_alloc_below(2 * PAGE_SIZE, 0, 0xf0000000));
	CHECK_OK(frame_info(low, &f));
	CHECK(f.pa + f.len <= 0xf0000000);
	CHECK_ERR(page_alloc_below(PAGE_SIZE, 0, PAGE_SIZE), ERR_MEMORY);
}
