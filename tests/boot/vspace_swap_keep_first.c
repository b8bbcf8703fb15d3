/* SPDX-License-Identifier: ISC
 * vspace_swap: F_MAP_KEEP is a property of mappings; one without it moves the frame, whichever was made first. */
#include "test.h"

static void swap_with(unsigned first, unsigned second, bool moves)
{
	struct child c;
	int l2, l1, page = mem_new(PAGE_SIZE);

	child_make(&c);
	l1 = l1_with_l2(&l2);
	CHECK_OK(frame_map(l2, page, 0, 0, 0, PAGE_RO | (int)first));
	CHECK_OK(frame_map(l2, page, PAGE_SIZE, 0, 0, PAGE_RO | (int)second));
	CHECK_EQ(vspace_swap(c.pid, l1), c.l1);
	CHECK_EQ(frame_cache(page, 0, 0, CACHE_CLEAN), moves ? ERR_FRAME : 0);
}

TEST("a frame with one mapping without F_MAP_KEEP in the new root moves in the swap, and without any it stays")
{
	swap_with(F_MAP_KEEP, 0, true);
	swap_with(0, F_MAP_KEEP, true);
	swap_with(F_MAP_KEEP, F_MAP_KEEP, false);
}
