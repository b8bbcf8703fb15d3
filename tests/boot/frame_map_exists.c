/* SPDX-License-Identifier: ISC
 * frame_map into a range in use. */
#include "test.h"

TEST("without REPLACE a range in use answers EXISTS, even where only its last page is used, or has no rights")
{
	int l2, l1 = l1_with_l2(&l2), f = mem_new(4 * PAGE_SIZE), s = mem_new(SECTION_SIZE), other = l2_new();

	CHECK_OK(frame_map(l2, f, 3 * PAGE_SIZE, 0, PAGE_SIZE, PAGE_RO));
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, PAGE_RO), ERR_EXISTS);
	CHECK_EQ(frame_mappings(f), 1);
	CHECK_OK(frame_protect(l2, f, 3 * PAGE_SIZE, PAGE_SIZE, 0));
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, PAGE_RO), ERR_EXISTS);
	CHECK_OK(frame_map(l2, f, 0, 0, 3 * PAGE_SIZE, PAGE_RO));
	CHECK_ERR(frame_map(l1, s, 0, 0, 0, SECT_RW), ERR_EXISTS);
	CHECK_ERR(frame_map(l1, s, SECTION_SIZE, 0, 0, SECT_RW), ERR_EXISTS);
	CHECK_ERR(frame_map(l1, other, 0, 0, 0, F_MAP_TABLE), ERR_EXISTS);
	CHECK_OK(frame_map(l1, s, L2_SPAN + SECTION_SIZE, 0, 0, SECT_RW));
	CHECK_ERR(frame_map(l1, other, L2_SPAN, 0, 0, F_MAP_TABLE), ERR_EXISTS);
}
