/* SPDX-License-Identifier: ISC
 * frame_split inside a mapped section, and at its border. */
#include "test.h"

TEST("a split inside a mapped section answers BUSY, at a section's border it works")
{
	int f = CHECK_OK(page_alloc(2 * SECTION_SIZE, SECTION_SIZE)), l1 = l1_new();

	CHECK_OK(frame_map(l1, f, 0x400000, 0, 0, SECT_RW));
	CHECK_ERR(frame_split(f, PAGE_SIZE), ERR_BUSY);
	CHECK_ERR(frame_split(f, SECTION_SIZE + PAGE_SIZE), ERR_BUSY);
	CHECK_OK(frame_split(f, SECTION_SIZE));
	CHECK_EQ(frame_mappings(f), 1);
}
