/* SPDX-License-Identifier: ISC
 * Batches that are too long, wrap, hold what is not allowed, or stand in what they change. */
#include "attack.h"

#define ANY 1

static struct frame_op many[BATCH_MAX + 1];

static void lengths(void)
{
	static const size_t n[] = {
		BATCH_MAX + 1, 0x08000000, 0x08000001, 0x10000000, 0x7fffffff, 0x80000000, 0xffffffff};

	for (unsigned i = 0; i < sizeof n / sizeof *n; i++)
		CHECK_ERR(frame_batch(many, n[i]), ERR_RANGE);
	CHECK_EQ(frame_batch(NULL, 0), 0);
}

/* Calls that a batch must not make, each of which would do harm. */
static void calls(void)
{
	struct frame_op op = {0};

	for (int call = -2; call < CALL_LIMIT + 40; call++) {
		if (call == CALL_frame_split || call == CALL_frame_merge || call == CALL_frame_give ||
			call == CALL_frame_table || call == CALL_frame_map || call == CALL_frame_unmap ||
			call == CALL_frame_protect)
			continue;
		op = (struct frame_op){call, {0, 0, 0, 0, 0, 0}, ANY};
		CHECK_EQ(frame_batch(&op, 1), 0);
		CHECK_ERR(op.result, ERR_CALL);
	}
	op = (struct frame_op){0x7fffffff, {0}, ANY};
	CHECK_EQ(frame_batch(&op, 1), 0);
	CHECK_ERR(op.result, ERR_CALL);
}

ATTACK("batches with a length that wraps, calls that do not belong in one, and at odd places",
	"operations read from beyond the array, or a call made without its checks")
{
	int f_id = mem_new(PAGE_SIZE), l2 = l2_new();

	lengths();
	calls();
	/* Across two elements: words of one are read as another's. */
	many[0] = (struct frame_op){ANY, {ANY, ANY, ANY, CALL_frame_map, (uintptr_t)l2, (uintptr_t)f_id}, 0};
	many[1] = (struct frame_op){0, {0, PAGE_RO, ANY}, 0};
	CHECK_EQ(frame_batch((struct frame_op *)(void *)&many[0].arg[3], 1), 1);
	CHECK_OK(frame_unmap(l2, f_id, 0, 0));
	for (unsigned n = 0; n < BATCH_MAX; n++)
		many[n] = (struct frame_op){CALL_frame_protect, {NO_ID, 0, 0, 0, 0}, ANY};
	CHECK_EQ(frame_batch(many, BATCH_MAX), 0);
	for (unsigned n = 0; n < BATCH_MAX; n++)
		many[n] = (struct frame_op){n & 1 ? CALL_frame_unmap : CALL_frame_map,
			{(uintptr_t)l2, (uintptr_t)f_id, 0, 0, 0, PAGE_RO}, ANY};
	CHECK_EQ(frame_batch(many, BATCH_MAX), BATCH_MAX);
	CHECK_EQ(frame_mappings(f_id), 0);
}
