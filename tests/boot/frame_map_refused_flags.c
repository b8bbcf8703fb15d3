/* SPDX-License-Identifier: ISC
 * frame_map: ERR_FLAGS. */
#include "test.h"

TEST("frame_map takes exactly one form, known flags, and write or execute only with read")
{
	int l1 = l1_new(), l2 = l2_new(), f = mem_new(PAGE_SIZE);

	CHECK_ERR(frame_map(l2, f, 0, 0, 0, F_MAP_READ), ERR_FLAGS);
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, F_MAP_PAGE | F_MAP_SECTION | F_MAP_READ), ERR_FLAGS);
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, F_MAP_PAGE | F_MAP_TABLE | F_MAP_READ), ERR_FLAGS);
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, F_MAP_PAGE), ERR_FLAGS);
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, F_MAP_PAGE | F_MAP_WRITE), ERR_FLAGS);
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, F_MAP_PAGE | F_MAP_EXEC), ERR_FLAGS);
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, PAGE_RO | 1 << 9), ERR_FLAGS);
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, PAGE_RO | (int)0x80000000), ERR_FLAGS);
	CHECK_ERR(frame_map(l1, l2, 0, 0, 0, F_MAP_TABLE | F_MAP_UNCACHED), ERR_FLAGS);
	CHECK_ERR(frame_map(l1, l2, 0, 0, 0, F_MAP_TABLE | F_MAP_SECTION), ERR_FLAGS);
	CHECK_EQ(frame_mappings(f), 0);
}
