/* SPDX-License-Identifier: ISC
 * GIVE_MAX. */
#include "test.h"

TEST("a give that would take away more than GIVE_MAX pages of mappings answers BUSY; exactly so many is done")
{
	struct child c;
	int f = mem_new(L2_SPAN / 4), l2[9];
	const size_t pages = L2_SPAN / 4 / PAGE_SIZE, times = GIVE_MAX / pages;

	CHECK_OK(page_credits(64));
	child_make(&c);
	for (size_t n = 0; n <= times; n++) {
		l2[n] = l2_new();
		CHECK_OK(frame_map(l2[n], f, 0, 0, n < times ? 0 : PAGE_SIZE, PAGE_RO));
	}
	CHECK_ERR(frame_give(f, c.pid), ERR_BUSY);
	CHECK_EQ(frame_mappings(f), times + 1);
	CHECK_OK(frame_unmap(l2[times], f, 0, PAGE_SIZE));
	CHECK_OK(frame_give(f, c.pid));
	CHECK_EQ(frame_mappings(f), 0);
}
