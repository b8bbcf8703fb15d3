/* SPDX-License-Identifier: ISC
 * frame_batch: its own refusals.
 * Refusals: frame_batch:CALL */
#include "test.h"

TEST("frame_batch refuses more than BATCH_MAX, operations that have no place in it, and bad arrays")
{
	int f = mem_new(PAGE_SIZE);
	struct frame_op op = {CALL_frame_donate, {(uintptr_t)f}, 99};
	struct frame_op *nowhere = vm_reserve(PAGE_SIZE, 0);

	CHECK_EQ(frame_batch(&op, 0), 0);
	CHECK_ERR(frame_batch(&op, BATCH_MAX + 1), ERR_RANGE);
	CHECK_ERR(frame_batch(&op, (size_t)-1), ERR_RANGE);
	CHECK_EQ(frame_batch(&op, 1), 0);
	CHECK_ERR(op.result, ERR_CALL);
	op = (struct frame_op){CALL_frame_batch, {0}, 99};
	CHECK_EQ(frame_batch(&op, 1), 0);
	CHECK_ERR(op.result, ERR_CALL);
	op = (struct frame_op){CALL_LIMIT + 7, {0}, 99};
	CHECK_EQ(frame_batch(&op, 1), 0);
	CHECK_ERR(op.result, ERR_CALL);
	CHECK(nowhere);
	CHECK_EQ(frame_kind(f), FRAME_MEM);
}
