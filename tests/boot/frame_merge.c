/* SPDX-License-Identifier: ISC
 * frame_merge: what is left. */
#include "test.h"

TEST("a merge undoes a split: the lower id stays, the upper ends, the credit comes back")
{
	int low = mem_new(3 * PAGE_SIZE), high, credits, owned;
	struct frame f;

	page_credits(16);
	credits = credits_free();
	owned = frames_owned();
	high = CHECK_OK(frame_split(low, 2 * PAGE_SIZE));
	CHECK_EQ(credits_free(), credits - 1);
	CHECK_EQ(frames_owned(), owned + 1);
	CHECK_EQ(frame_merge(low, high), 0);
	CHECK_EQ(credits_free(), credits);
	CHECK_EQ(frames_owned(), owned);
	CHECK_OK(frame_info(low, &f));
	CHECK_EQ(f.len, 3 * PAGE_SIZE);
	CHECK_ERR(frame_info(high, &f), ERR_FRAME);
}
