/* SPDX-License-Identifier: ISC
 * frame_batch: operations in order, results in the array. */
#include "test.h"

TEST("a batch does its operations in order and leaves each one's result in the array")
{
	int f = mem_new(2 * PAGE_SIZE), l2 = l2_new();
	struct frame_op ops[] = {
		{CALL_frame_split, {(uintptr_t)f, PAGE_SIZE}, 99},
		{CALL_frame_map, {(uintptr_t)l2, (uintptr_t)f, 0, 0, 0, PAGE_RW}, 99},
		{CALL_frame_protect, {(uintptr_t)l2, (uintptr_t)f, 0, PAGE_SIZE, F_MAP_READ}, 99},
		{CALL_frame_unmap, {(uintptr_t)l2, (uintptr_t)f, 0, PAGE_SIZE}, 99},
		{CALL_frame_table, {(uintptr_t)f, FRAME_L2}, 99},
	};

	CHECK_EQ(frame_batch(ops, 5), 5);
	CHECK(ops[0].result > 0);
	for (int n = 1; n < 5; n++)
		CHECK_EQ(ops[n].result, 0);
	CHECK_EQ(frame_kind(f), FRAME_L2);
	CHECK_EQ(frame_mappings(f), 0);
}
