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
	if (err && (err != ERR_RIGHT || ref_me() != ref.first))
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

/* A timer that is due: the one of the highest level so far, the earliest of those, and of several at one time that which was
 * armed first. */
struct due {
	int level;
	uint64_t at;
	unsigned long armed;
	struct ref_thread *thread; /* whose wait ends; NULL: an alarm */
	struct ref_proc *proc;
	int bit;
};

static void due_first(struct due *first, struct due d)
{
	if (d.level < 0)
		return;
	if (d.level > first->level ||
		(d.level == first->level && (d.at < first->at || (d.at == first->at && d.armed < first->armed))))
		*first = d;
}

/* Calls `each` with every timer. */
static void timers(struct due *d, void (*each)(struct due *, struct due))
{
	for (int i = 0; i < REF_THREADS; i++) {
		struct ref_thread *t = &ref.thread[i];

		if (t->used && t->deadline <= ref.time)
			each(d, (struct due){world_timer(t->id, -1), t->deadline, t->armed, t, NULL, 0});
	}
	for (int i = 0; i < REF_PROCS * REF_ALARMS; i++) {
		struct ref_proc *p = &ref.proc[i / REF_ALARMS];
		int bit = i % REF_ALARMS;

		if (p->used && p->alarm[bit] <= ref.time)
			each(d, (struct due){world_timer(p->pid, bit), p->alarm[bit], p->armed[bit], NULL, p, bit});
	}
}

/* The first thing that is due, and that the kernel has not let wait; false: nothing. */
static bool expire_one(void)
{
	struct due d = {.level = -1};

	timers(&d, due_first);
	if (d.proc) {
		d.proc->alarm[d.bit] = REF_NEVER;
		ref_notify(d.proc, 1u << d.bit);
	} else if (d.thread) {
		d.thread->oneway = false;
		ref_wake(d.thread, ERR_TIMEOUT);
	}
	return d.proc || d.thread;
}

static void due_late(struct due *first, struct due d)
{
	if (-1 - d.level > first->level)
		first->level = -1 - d.level;
}

bool ref_late(int level)
{
	struct due d = {.level = -1};

	timers(&d, due_late);
	return d.level >= level;
}

void ref_time(uint64_t now)
{
	ref.time = now;
	while (expire_one())
		;
}
