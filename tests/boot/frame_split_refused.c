/* SPDX-License-Identifier: ISC
 * frame_split: each refusal of its docblock but ERR_BUSY and ERR_RECORDS, which have tests of their own. */
#include "test.h"

TEST("frame_split refuses what is not mine, no memory, not aligned or not inside, and changes nothing")
{
	int f = mem_new(2 * PAGE_SIZE), l2 = l2_new();
	int owned = frames_owned(), credits = credits_free();

	CHECK_ERR(frame_split(0, PAGE_SIZE), ERR_FRAME);
	CHECK_ERR(frame_split(-1, PAGE_SIZE), ERR_FRAME);
	CHECK_ERR(frame_split(NO_ID, PAGE_SIZE), ERR_FRAME);
	CHECK_ERR(frame_split(l2, PAGE_SIZE), ERR_KIND);
	CHECK_ERR(frame_split(f, 1), ERR_ALIGN);
	CHECK_ERR(frame_split(f, PAGE_SIZE + 4), ERR_ALIGN);
	CHECK_ERR(frame_split(f, 0), ERR_RANGE);
	CHECK_ERR(frame_split(f, 2 * PAGE_SIZE), ERR_RANGE);
	CHECK_ERR(frame_split(f, 3 * PAGE_SIZE), ERR_RANGE);
	CHECK_ERR(frame_split(f, (size_t)-PAGE_SIZE), ERR_RANGE);
	CHECK_EQ(frames_owned(), owned);
	CHECK_EQ(credits_free(), credits);
}
