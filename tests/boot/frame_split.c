/* SPDX-License-Identifier: ISC
 * frame_split: what both parts are afterwards. It cannot show that the memory itself is untouched elsewhere;
 * frame_check does. */
#include "test.h"

TEST("a split leaves two adjacent frames that make up the old one")
{
	int low = mem_new(4 * PAGE_SIZE), high;
	struct frame was, a, b;

	CHECK_OK(frame_info(low, &was));
	high = CHECK_OK(frame_split(low, PAGE_SIZE));
	CHECK(high > 0 && high != low);
	CHECK_OK(frame_info(low, &a));
	CHECK_OK(frame_info(high, &b));
	CHECK_EQ(a.f_id, low);
	CHECK_EQ(b.f_id, high);
	CHECK_EQ(a.pa, was.pa);
	CHECK_EQ(a.len, PAGE_SIZE);
	CHECK_EQ(b.pa, was.pa + PAGE_SIZE);
	CHECK_EQ(b.len, 3 * PAGE_SIZE);
	CHECK_EQ(a.kind, FRAME_MEM);
	CHECK_EQ(b.kind, FRAME_MEM);
}
