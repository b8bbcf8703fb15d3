/* SPDX-License-Identifier: ISC
 * The reference model's batches, a step at a time as the kernel may be seen doing them. */
#include "ref.h"

static int batch_one(const uint32_t *op)
{
	switch (op[0]) {
	case CALL_frame_split:
	case CALL_frame_merge:
	case CALL_frame_give:
	case CALL_frame_table:
		return ref_call_frame((int)op[0], op + 1);
	case CALL_frame_map:
	case CALL_frame_unmap:
	case CALL_frame_protect:
		return ref_call_map((int)op[0], op + 1);
	default:
		return ERR_CALL;
	}
}

/* The kernel may give way between two steps of a batch; then others see what it has done. */
static bool batch_pauses(const struct ref_thread *t)
{
	return t->batch_done * 4 + t->batch_state >= ref.batch_stop;
}

/* Rule 6 holds when the batch returns: what it has unmapped itself it may still reach, or not. */
static bool batch_memory(struct ref_thread *t, uint32_t va, uint32_t len, unsigned right)
{
	uint32_t pa;

	for (uint32_t n = 0; t->batch_gathers && n < len; n += 4)
		if (!ref_access(t->proc, va + n, right, &pa))
			world_gives_up();
	return ref_user(va, len, right);
}

/* The next step of a batch: false: it faults. */
static bool batch_step(struct ref_thread *t, uint32_t at)
{
	switch (t->batch_state) {
	case REF_FETCH:
		if (!batch_memory(t, at, sizeof(struct frame_op), F_MAP_READ))
			return false;
		for (unsigned i = 0; i < 7; i++)
			t->batch_op[i] = world_batch_word(at + i * 4);
		t->batch_state = REF_RUN;
		return true;
	case REF_RUN:
		t->batch_result = batch_one(t->batch_op);
		world_did(t->batch_op, t->batch_result);
		t->batch_gathers = t->batch_op[0] == CALL_frame_unmap || t->batch_op[0] == CALL_frame_protect;
		t->batch_state = REF_STORE;
		return true;
	default:
		if (!batch_memory(t, at + 28, 4, F_MAP_WRITE))
			return false;
		if ((int)*ref_user_word(at + 28) != t->batch_result)
			world_differs(
				"the result of an operation in a batch", t->batch_result, (int)*ref_user_word(at + 28));
		t->batch_state = REF_FETCH;
		t->batch_done += t->batch_result >= 0;
		return true;
	}
}

int ref_batch(uint32_t ops, uint32_t n)
{
	struct ref_thread *t = ref.now;
	int result;

	if (n > BATCH_MAX)
		return ERR_RANGE;
	for (;;) {
		bool stored = t->batch_state == REF_STORE;

		if (batch_pauses(t)) {
			t->redo = true;
			return REF_BLOCK;
		}
		if (t->batch_done >= n)
			break;
		if (!batch_step(t, ops + t->batch_done * (uint32_t)sizeof(struct frame_op)))
			return REF_BLOCK;
		if (stored && t->batch_result < 0)
			break;
	}
	result = (int)t->batch_done;
	t->batch_done = 0;
	return result;
}
