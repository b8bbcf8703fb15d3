/* SPDX-License-Identifier: ISC
 * Long operations (rule 9).  Owns `work`, the one operation that has begun and is not finished.  An operation runs
 * in pieces; when an interrupt is pending between two, its caller gives way, and whoever needs the books next goes on
 * with it before its own call ("helping"), so that books are only ever seen whole and a dead caller's operation is
 * finished too.  Rule 8: a step may still fail while it only looks; once it has written, it cannot. */
#include "kern.h"

struct work work;

_Static_assert(sizeof work % 32 == 0, "cleared by eight words");

/* Ends the operation; its result goes where its caller looks for it.  Returns it, or CALL_AGAIN. */
static int work_finish(void)
{
	struct thread *t = work.caller;
	int result = work.again ? CALL_AGAIN : work.result;

	words_fill(&work, sizeof work / sizeof(uint32_t), 0);
	cpu_here()->calls = call_table;
	if (!t)
		return CALL_AGAIN;
	if (result == CALL_AGAIN || t->batch_state == BATCH_RUN)
		t->flags |= TF_CALL;
	else
		t->flags &= (uint8_t)~TF_CALL;
	if (result == CALL_AGAIN)
		return CALL_AGAIN;
	if (t->batch_state == BATCH_RUN) {
		t->batch_op.result = result;
		t->batch_state = BATCH_STORE;
	} else {
		t->r[0] = (uint32_t)result;
	}
	return result;
}

void work_end_map(struct work *w, struct map_rec *m)
{
	w->ending = map_drop_some(m, &w->budget) ? NULL : m;
}

/* One piece; true: finished. */
static bool work_piece(void)
{
	work.budget = STEP_SLOTS;
	if (work.ending)
		work_end_map(&work, work.ending);
	if (!work.ending)
		return work.step(&work);
	tlb_sync(); /* rule 6, whoever runs before the next piece */
	return false;
}

bool work_run(void)
{
	while (!work_piece())
		if (irq_pending())
			return false;
	work_finish();
	return true;
}

int work_begin(bool (*step)(struct work *))
{
	struct thread *t = current();
	struct cpu *cpu = cpu_here();
	int result = CALL_AGAIN;

	clean_frame = NULL;
	work.step = step;
	work.caller = t;
	while (!work_piece())
		if (irq_pending()) { /* the scheduler comes back to it, and finds the work */
			cpu->calls = call_table_busy;
			if (work.caller)
				t->flags |= TF_CALL;
			cpu->resched = 1;
			return CALL_AGAIN;
		}
	result = work_finish();
	if (result == CALL_AGAIN) /* to be done again, or the caller has ended */
		cpu->resched = 1;
	else
		t->flags &= (uint8_t)~TF_CALL;
	return result;
}

int call_help(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)
{
	(void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
	current()->flags |= TF_CALL;
	cpu_here()->resched = 1;
	return CALL_AGAIN;
}

bool call_preempt(void)
{
	if (!irq_pending())
		return false;
	current()->flags |= TF_CALL;
	cpu_here()->resched = 1;
	return true;
}
