/* SPDX-License-Identifier: ISC
 * frame_map: ERR_BUSY. An L2 stands in at most one place; cached and uncached do not mix. */
#include "test.h"

TEST("an L2 stands in one place only, and a frame is mapped all cached or all uncached")
{
	int l2, l1 = l1_with_l2(&l2), other = l1_new(), f = mem_new(PAGE_SIZE), t = l2_new();

	CHECK_ERR(frame_map(l1, l2, L2_SPAN, 0, 0, F_MAP_TABLE), ERR_BUSY);
	CHECK_ERR(frame_map(other, l2, 0, 0, 0, F_MAP_TABLE), ERR_BUSY);
	CHECK_OK(frame_map(t, f, 0, 0, 0, PAGE_RW));
	CHECK_ERR(frame_map(t, f, PAGE_SIZE, 0, 0, PAGE_RW | F_MAP_UNCACHED), ERR_BUSY);
	CHECK_OK(frame_unmap(0, f, 0, 0));
	CHECK_OK(frame_map(t, f, 0, 0, 0, PAGE_RW | F_MAP_UNCACHED));
	CHECK_OK(frame_map(t, f, PAGE_SIZE, 0, 0, PAGE_RO | F_MAP_UNCACHED));
	CHECK_ERR(frame_map(t, f, 2 * PAGE_SIZE, 0, 0, PAGE_RW), ERR_BUSY);
	CHECK(frame_map(t, l2, 3 * PAGE_SIZE, 0, 0, PAGE_RO | F_MAP_UNCACHED) < 0);
}
