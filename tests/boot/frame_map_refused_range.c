/* SPDX-License-Identifier: ISC
 * frame_map: ERR_ALIGN and ERR_RANGE, wrapping ones among them. */
#include "test.h"

TEST("frame_map refuses what is not aligned, does not lie in the frame, the table or user space, or wraps")
{
	int l1 = l1_new(), l2 = l2_new(), f = mem_new(4 * PAGE_SIZE), s = mem_new(SECTION_SIZE);

	CHECK_ERR(frame_map(l2, f, 1, 0, 0, PAGE_RO), ERR_ALIGN);
	CHECK_ERR(frame_map(l2, f, 0, 1, 0, PAGE_RO), ERR_ALIGN);
	CHECK_ERR(frame_map(l2, f, 0, 0, 1, PAGE_RO), ERR_ALIGN);
	CHECK_ERR(frame_map(l2, f, 0, 0, 5 * PAGE_SIZE, PAGE_RO), ERR_RANGE);
	CHECK_ERR(frame_map(l2, f, 0, 4 * PAGE_SIZE, PAGE_SIZE, PAGE_RO), ERR_RANGE);
	CHECK_ERR(frame_map(l2, f, 0, PAGE_SIZE, (size_t)-PAGE_SIZE, PAGE_RO), ERR_RANGE);
	CHECK_ERR(frame_map(l2, f, 0, (size_t)-PAGE_SIZE, 2 * PAGE_SIZE, PAGE_RO), ERR_RANGE);
	CHECK_ERR(frame_map(l2, f, L2_SPAN - PAGE_SIZE, 0, 2 * PAGE_SIZE, PAGE_RO), ERR_RANGE);
	CHECK_ERR(frame_map(l2, f, L2_SPAN, 0, 0, PAGE_RO), ERR_RANGE);
	CHECK_ERR(frame_map(l2, f, (uintptr_t)-PAGE_SIZE, 0, 2 * PAGE_SIZE, PAGE_RO), ERR_RANGE);
	CHECK_ERR(frame_map(l1, s, USER_END, 0, 0, SECT_RW), ERR_RANGE);
	CHECK_ERR(frame_map(l1, s, (uintptr_t)-SECTION_SIZE, 0, 0, SECT_RW), ERR_RANGE);
	CHECK_ERR(frame_map(l1, l2, USER_END, 0, 0, F_MAP_TABLE), ERR_RANGE);
	CHECK_ERR(frame_map(l1, l2, SECTION_SIZE, 0, 0, F_MAP_TABLE), ERR_ALIGN);
	CHECK_EQ(frame_mappings(f) + frame_mappings(s) + frame_mappings(l2), 0);
}
