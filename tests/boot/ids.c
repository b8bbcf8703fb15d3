/* SPDX-License-Identifier: ISC
 * Ids after free and reuse. The slots' thousand lives are counted through splits and merges; it cannot show which
 * slot an id has. */
#include "test.h"

#define LIVES 1000

TEST("a stale id names nothing until its slot was reused a thousand times")
{
	int f = mem_new(2 * PAGE_SIZE), first = CHECK_OK(frame_split(f, PAGE_SIZE));

	CHECK_OK(frame_merge(f, first));
	for (int n = 1; n < LIVES; n++) {
		int next = CHECK_OK(frame_split(f, PAGE_SIZE));

		CHECK(next > 0);
		CHECK(next != first);
		CHECK_ERR(frame_split(first, PAGE_SIZE), ERR_FRAME);
		CHECK_OK(frame_merge(f, next));
	}
}
