/* SPDX-License-Identifier: ISC
 * Tables and memory do not join, even if they lie side by side. */
#include "test.h"

TEST("two adjacent tables cannot be merged, nor a table with the memory beside it")
{
	int a = mem_new(3 * PAGE_SIZE), b = CHECK_OK(frame_split(a, PAGE_SIZE)),
	    c = CHECK_OK(frame_split(b, PAGE_SIZE));

	CHECK_OK(frame_table(a, FRAME_L2));
	CHECK_OK(frame_table(b, FRAME_L2));
	CHECK_ERR(frame_merge(a, b), ERR_KIND);
	CHECK_ERR(frame_merge(b, c), ERR_KIND);
}
