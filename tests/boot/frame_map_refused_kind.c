/* SPDX-License-Identifier: ISC
 * frame_map: ERR_KIND, form against table and frame. */
#include "test.h"

TEST("frame_map refuses forms that do not fit the table or the frame")
{
	int l1 = l1_new(), l2 = l2_new(), other = l2_new(), f = mem_new(SECTION_SIZE);

	CHECK_ERR(frame_map(l1, f, 0, 0, PAGE_SIZE, PAGE_RO), ERR_KIND);
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, F_MAP_SECTION | F_MAP_READ), ERR_KIND);
	CHECK_ERR(frame_map(l2, other, 0, 0, 0, F_MAP_TABLE), ERR_KIND);
	CHECK_ERR(frame_map(l1, f, 0, 0, 0, F_MAP_TABLE), ERR_KIND);
	CHECK_ERR(frame_map(f, l2, 0, 0, 0, PAGE_RO), ERR_KIND);
	CHECK_EQ(frame_mappings(f), 0);
}
