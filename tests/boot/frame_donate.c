/* SPDX-License-Identifier: ISC
 * frame_donate and taking back. */
#include "test.h"

TEST("a donated page adds credits, and comes back as cleared memory when its records are free")
{
	int before = credits_free(), f = mem_new(PAGE_SIZE), n, l2 = l2_new(), page = mem_new(PAGE_SIZE);

	before = credits_free();
	n = CHECK_OK(frame_donate(f));
	CHECK(n >= 32);
	CHECK_EQ(credits_free(), before + n);
	CHECK_ERR(frame_donate(f), ERR_KIND);
	CHECK_ERR(frame_split(f, PAGE_SIZE), ERR_KIND);
	CHECK_ERR(frame_table(f, FRAME_L2), ERR_KIND);
	CHECK_OK(frame_table(f, FRAME_MEM));
	CHECK_EQ(credits_free(), before);
	CHECK_EQ(frame_kind(f), FRAME_MEM);
	CHECK_ERR(frame_donate(NO_ID), ERR_FRAME);
	CHECK_ERR(frame_donate(l2), ERR_KIND);
	CHECK_OK(frame_map(l2, page, 0, 0, 0, PAGE_RO));
	CHECK_ERR(frame_donate(page), ERR_BUSY);
	CHECK_EQ(frame_kind(page), FRAME_MEM);
}
