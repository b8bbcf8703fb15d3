/* SPDX-License-Identifier: ISC
 * The reference model's interrupt lines, alarms and timeouts. */
#include "ref.h"

#define TIMER_LINE 27

static int line_of(int irq, struct ref_line **out)
{
	if (irq < 0 || irq >= REF_LINES || irq == TIMER_LINE)
		return ERR_RANGE;
	*out = &ref.line[irq];
	return ((*out)->owner ? (*out)->owner : ref.first) == ref_me() ? 0 : ERR_RIGHT;
}

int ref_irq_allow(int pid, int irq)
{
	struct ref_proc *p = ref_named(pid);
	struct ref_line *l;
	int err = line_of(irq, &l);

	if (!p)
		return ERR_PROC;
	if (err)
		return err;
	if (!ref_live(p))
		return ERR_DEAD;
	*l = (struct ref_line){.owner = p == ref.first ? NULL : p};
	return 0;
}

int ref_irq_bind(int irq, int bit)
{
	struct ref_line *l;
	int err = line_of(irq, &l);

	if (err)
		return err;
	if (bit < -1 || bit > 31)
		return ERR_RANGE;
	*l = (struct ref_line){.owner = l->owner, .bound = bit < 0 ? NULL : ref_me(), .bit = bit};
	return 0;
}

int ref_irq_ack(int irq)
{
	struct ref_line *l;
	int err = line_of(irq, &l);

	if (err)
		return err;
	if (l->bound != ref_me())
		return ERR_RIGHT;
	l->fired = false;
	return 0;
}

void ref_irq(int line)
{
	struct ref_line *l = &ref.line[line];

	if (!l->bound || l->fired)
		return;
	l->fired = true;
	ref_notify(l->bound, 1u << l->bit);
}

/* ---- time ---- */

int ref_alarm(int64_t at, int bit)
{
	if (bit < 0 || bit >= REF_ALARMS)
		return ERR_RANGE;
	ref_me()->alarm[bit] = at < 0 ? REF_NEVER : (uint64_t)at + 1;
	ref_me()->armed[bit] = ++ref.turns;
	if (at >= 0 && (uint64_t)at < ref.time) { /* at once */
		ref_me()->alarm[bit] = REF_NEVER;
		ref_notify(ref_me(), 1u << bit);
	}
	return 0;
}

/* A timer that is due: the earliest so far, and of several at one time that which was armed first. */
struct due {
	uint64_t at;
	unsigned long armed;
	struct ref_thread *thread; /* whose wait ends; NULL: an alarm */
	struct ref_proc *proc;
	int bit;
};

static void due_first(struct due *first, struct due d)
{
	if (d.at < first->at || (d.at == first->at && d.armed < first->armed))
		*first = d;
}

/* The first thing that is due; false: nothing. */
static bool expire_one(void)
{
	struct due d = {.at = ref.time + 1}; /* what comes before it is due */

	for (int i = 0; i < REF_THREADS; i++)
		if (ref.thread[i].used)
			due_first(
				&d, (struct due){ref.thread[i].deadline, ref.thread[i].armed, &ref.thread[i], NULL, 0});
	for (int i = 0; i < REF_PROCS * REF_ALARMS; i++) {
		struct ref_proc *p = &ref.proc[i / REF_ALARMS];

		if (p->used)
			due_first(&d, (struct due){p->alarm[i % REF_ALARMS], p->armed[i % REF_ALARMS], NULL, p,
					      i % REF_ALARMS});
	}
	if (d.proc) {
		d.proc->alarm[d.bit] = REF_NEVER;
		ref_notify(d.proc, 1u << d.bit);
	} else if (d.thread) {
		d.thread->oneway = false;
		ref_wake(d.thread, ERR_TIMEOUT);
	}
	return d.proc || d.thread;
}

void ref_time(uint64_t now)
{
	ref.time = now;
	while (expire_one())
		;
}
