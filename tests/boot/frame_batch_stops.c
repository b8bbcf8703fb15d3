/* SPDX-License-Identifier: ISC
 * frame_batch at its first failure. */
#include "test.h"

TEST("a batch stops at the first failure, tells how many were done, and touches nothing after it")
{
	int f = mem_new(PAGE_SIZE), l2 = l2_new();
	struct frame_op ops[] = {
		{CALL_frame_map, {(uintptr_t)l2, (uintptr_t)f, 0, 0, 0, PAGE_RW}, 99},
		{CALL_frame_map, {(uintptr_t)l2, (uintptr_t)f, 0, 0, 0, PAGE_RW}, 99},
		{CALL_frame_unmap, {(uintptr_t)l2, (uintptr_t)f, 0, PAGE_SIZE}, 99},
	};

	CHECK_EQ(frame_batch(ops, 3), 1);
	CHECK_EQ(ops[0].result, 0);
	CHECK_EQ(ops[1].result, ERR_EXISTS);
	CHECK_EQ(ops[2].result, 99);
	CHECK_EQ(frame_mappings(f), 1);
}
