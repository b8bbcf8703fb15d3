/* SPDX-License-Identifier: ISC
 * frame_batch: many operations in order.  Owns a thread's batch fields.  Each operation is copied once before it is
 * checked, and its result is kept until it is written, so that a fault or an interrupt in between repeats nothing. */
#include "kern.h"

#define BATCH_OP_LEN 32

_Static_assert(sizeof(struct frame_op) == BATCH_OP_LEN, "as user programs were compiled");

static bool batch_allows(int call)
{
	switch (call) {
	case CALL_frame_split:
	case CALL_frame_merge:
	case CALL_frame_give:
	case CALL_frame_table:
	case CALL_frame_map:
	case CALL_frame_unmap:
	case CALL_frame_protect:
		return true;
	default:
		return false;
	}
}

bool batching;

/* Rule 6: rights may go one after the other with one round at the end; but before a place is filled again, or a frame
 * changes kind or owner, those that went must be gone. */
static bool batch_gathers(int call)
{
	return call == CALL_frame_unmap || call == CALL_frame_protect;
}

static int batch_do(const struct frame_op *op)
{
	const uintptr_t *a = op->arg;

	if (!batch_allows(op->call))
		return ERR_CALL;
	if (!batch_gathers(op->call))
		tlb_sync();
	return call_table[op->call](a[0], a[1], a[2], a[3], a[4], a[5]);
}

static int batch_run(va_t ops, size_t n)
{
	struct thread *t = current();
	int result;

	if (n > BATCH_MAX)
		return ERR_RANGE;
	while (t->batch_done < n) {
		va_t at = ops + t->batch_done * BATCH_OP_LEN;

		if (t->batch_state == BATCH_FETCH) {
			if (!copy_in(&t->batch_op, at, BATCH_OP_LEN, &result))
				return result;
			t->batch_state = BATCH_RUN;
		}
		if (t->batch_state == BATCH_RUN) {
			result = batch_do(&t->batch_op);
			if (result == CALL_AGAIN)
				return result;
			t->progress = 0;
			t->batch_op.result = result;
			t->batch_state = BATCH_STORE;
		}
		result = t->batch_op.result;
		if (!copy_out(at + offsetof(struct frame_op, result), &result, sizeof result, &result))
			return result;
		t->batch_state = BATCH_FETCH;
		if (t->batch_op.result < 0)
			break;
		t->batch_done++;
		if (call_preempt())
			return CALL_AGAIN;
	}
	result = (int)t->batch_done;
	call_forget(t);
	return result;
}

int call_frame_batch(va_t ops, size_t n)
{
	int result;

	batching = true;
	result = batch_run(ops, n);
	batching = false;
	tlb_sync();
	return result;
}
