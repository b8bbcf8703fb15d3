/* SPDX-License-Identifier: ISC
 * Rule 3: a page cut off from a writable frame is no way to a writable table. */
#include "test.h"

TEST("after a split the part that is still mapped to write does not become a table, the other does")
{
	int low = mem_new(2 * L2_SIZE), high, l2 = l2_new();

	CHECK_OK(frame_map(l2, low, 0, 0, 0, PAGE_RW));
	high = CHECK_OK(frame_split(low, L2_SIZE));
	CHECK_ERR(frame_table(high, FRAME_L2), ERR_BUSY);
	CHECK_OK(frame_unmap(l2, high, L2_SIZE, 0));
	CHECK_OK(frame_table(high, FRAME_L2));
	CHECK_ERR(frame_table(low, FRAME_L2), ERR_BUSY);
}
