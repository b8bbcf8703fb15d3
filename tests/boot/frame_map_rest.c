/* SPDX-License-Identifier: ISC
 * frame_map with len 0. */
#include "test.h"

TEST("len 0 maps the rest of the frame from the offset")
{
	int l2 = l2_new(), f = mem_new(8 * PAGE_SIZE);
	struct mapping m = {0};

	CHECK_OK(frame_map(l2, f, 0, 3 * PAGE_SIZE, 0, PAGE_RO));
	CHECK_EQ(frame_maps(f, &m), 1);
	CHECK_EQ(m.len, 5 * PAGE_SIZE);
	CHECK_ERR(frame_map(l2, f, 64 * PAGE_SIZE, 8 * PAGE_SIZE, 0, PAGE_RO), ERR_RANGE);
}
