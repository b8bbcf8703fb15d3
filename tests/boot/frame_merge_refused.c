/* SPDX-License-Identifier: ISC
 * frame_merge: each refusal. */
#include "test.h"

TEST("frame_merge refuses foreign, unlike, distant, reversed and mapped frames, and changes nothing")
{
	int a = mem_new(4 * PAGE_SIZE), b = CHECK_OK(frame_split(a, PAGE_SIZE)),
	    c = CHECK_OK(frame_split(b, PAGE_SIZE));
	int d = CHECK_OK(frame_split(c, PAGE_SIZE)), l2 = l2_new(), owned = frames_owned();

	CHECK_ERR(frame_merge(NO_ID, b), ERR_FRAME);
	CHECK_ERR(frame_merge(a, NO_ID), ERR_FRAME);
	CHECK_ERR(frame_merge(a, 0), ERR_FRAME);
	CHECK_ERR(frame_merge(a, l2), ERR_KIND);
	CHECK_ERR(frame_merge(l2, a), ERR_KIND);
	CHECK_ERR(frame_merge(b, a), ERR_RANGE);
	CHECK_ERR(frame_merge(a, c), ERR_RANGE);
	CHECK_ERR(frame_merge(a, a), ERR_RANGE);
	CHECK_OK(frame_map(l2, d, 0, 0, 0, PAGE_RO));
	CHECK_ERR(frame_merge(c, d), ERR_BUSY);
	CHECK_OK(frame_unmap(0, d, 0, 0));
	CHECK_OK(frame_map(l2, c, 0, 0, 0, PAGE_RO));
	CHECK_ERR(frame_merge(c, d), ERR_BUSY);
	CHECK_EQ(frames_owned(), owned);
}
