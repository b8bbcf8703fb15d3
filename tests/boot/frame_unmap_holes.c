/* SPDX-License-Identifier: ISC
 * Holes in a mapping. */
#include "test.h"

TEST("a mapping may have holes; its record ends, and its credit comes back, with its last page")
{
	int l2 = l2_new(), f = mem_new(4 * PAGE_SIZE), credits;
	struct mapping m = {0};

	page_credits(8);
	credits = credits_free();
	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RW));
	CHECK_OK(frame_unmap(l2, f, PAGE_SIZE, 2 * PAGE_SIZE));
	CHECK_EQ(frame_mappings(f), 1);
	CHECK_EQ(vspace_resolve(l2, 0, &m), 0);
	CHECK_ERR(vspace_resolve(l2, PAGE_SIZE, &m), ERR_NOMAP);
	CHECK_ERR(vspace_resolve(l2, 2 * PAGE_SIZE, &m), ERR_NOMAP);
	CHECK_EQ(vspace_resolve(l2, 3 * PAGE_SIZE, &m), 0);
	CHECK_OK(frame_unmap(l2, f, 0, PAGE_SIZE));
	CHECK_EQ(credits_free(), credits - 1);
	CHECK_OK(frame_unmap(l2, f, 3 * PAGE_SIZE, PAGE_SIZE));
	CHECK_EQ(frame_mappings(f), 0);
	CHECK_EQ(credits_free(), credits);
}
