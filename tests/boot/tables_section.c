/* SPDX-License-Identifier: ISC
 * Rule 3: a section cannot make a table writable. */
#include "test.h"

TEST("memory mapped as a section does not become a table, and a table is not mapped as a section")
{
	int f = mem_new(SECTION_SIZE), l1 = l1_new(), l2 = l2_new(), upper;

	CHECK_OK(frame_map(l1, f, 0, 0, 0, SECT_RW));
	CHECK_ERR(frame_split(f, L2_SIZE), ERR_BUSY);
	CHECK_OK(frame_unmap(l1, f, 0, 0));
	upper = CHECK_OK(frame_split(f, L2_SIZE));
	CHECK_OK(frame_table(f, FRAME_L2));
	CHECK_ERR(frame_map(l1, f, 0, 0, 0, SECT_RW), ERR_RIGHT);
	CHECK_ERR(frame_map(l1, upper, 0, 0, 0, SECT_RW), ERR_ALIGN);
	CHECK(frame_map(l1, l2, 0, 0, 0, F_MAP_SECTION | F_MAP_READ) < 0);
	CHECK_EQ(frame_mappings(f), 0);
}
