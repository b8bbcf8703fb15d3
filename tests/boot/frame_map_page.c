/* SPDX-License-Identifier: ISC
 * frame_map of pages: what the books and vspace_resolve say afterwards. */
#include "test.h"

TEST("a page mapping stands where it was asked for, with its offset, length and rights")
{
	int l2, l1 = l1_with_l2(&l2), f = mem_new(8 * PAGE_SIZE), credits;
	struct mapping m = {0};
	struct frame frame;

	page_credits(8);
	credits = credits_free();
	CHECK_OK(frame_info(f, &frame));
	CHECK_OK(frame_map(l2, f, 16 * PAGE_SIZE, 2 * PAGE_SIZE, 3 * PAGE_SIZE, PAGE_RO));
	CHECK_EQ(credits_free(), credits - 1);
	CHECK_EQ(frame_maps(f, &m), 1);
	CHECK_EQ(m.t_id, l2);
	CHECK_EQ(m.f_id, f);
	CHECK_EQ(m.flags, PAGE_RO);
	CHECK_EQ(m.at, 16 * PAGE_SIZE);
	CHECK_EQ(m.offset, 2 * PAGE_SIZE);
	CHECK_EQ(m.len, 3 * PAGE_SIZE);
	CHECK_EQ(m.pa, frame.pa + 2 * PAGE_SIZE);
	CHECK_EQ(frame_maps(f, &m), 0);
	CHECK_EQ(vspace_resolve(l1, 17 * PAGE_SIZE + 5, &m), 0);
	CHECK_EQ(m.f_id, f);
	CHECK_EQ(m.at, 17 * PAGE_SIZE);
	CHECK_EQ(m.offset, 3 * PAGE_SIZE);
	CHECK_EQ(m.pa, frame.pa + 3 * PAGE_SIZE);
	CHECK_EQ(m.flags & F_MAP_RIGHTS, F_MAP_READ);
	CHECK_ERR(vspace_resolve(l1, 15 * PAGE_SIZE, &m), ERR_NOMAP);
	CHECK_ERR(vspace_resolve(l1, 19 * PAGE_SIZE, &m), ERR_NOMAP);
}
