/* SPDX-License-Identifier: ISC
 * Interrupt lines for user drivers.  Owns the lines: who may bind one, who has, and whether it is masked.  A line that
 * fires is masked until its driver acknowledges, so that no line can fire faster than its driver runs. */
#include "kern.h"

struct line {
	struct proc *owner; /* NULL: the first process */
	struct proc *bound; /* NULL: nobody; then it is masked */
	struct link owned;  /* in owner->lines */
	uint8_t bit;
	bool fired; /* masked until irq_ack */
};

static struct line *lines;

void irq_init(void)
{
	lines = boot_alloc((uint32_t)irqc_lines() * (uint32_t)sizeof *lines);
}

static struct proc *line_owner(const struct line *l)
{
	return l->owner ? l->owner : first_proc;
}

static void line_unbind(struct line *l)
{
	irqc_mask((int)(l - lines));
	l->bound = NULL;
	l->fired = false;
}

bool irq_release(struct proc *p)
{
	struct line *l;

	if (list_empty(&p->lines))
		return false;
	l = container_of(p->lines.next, struct line, owned);
	line_unbind(l);
	list_del(&l->owned);
	l->owner = NULL;
	return true;
}

static struct line *line_mine(int irq, int *err)
{
	*err = ERR_RANGE;
	if (irq < 0 || irq >= irqc_lines() || irq == timer_line())
		return NULL;
	*err = ERR_RIGHT;
	return line_owner(&lines[irq]) == me() ? &lines[irq] : NULL;
}

/* One that I may hand on: the first process lends its lines, and takes them back when it likes. */
static struct line *line_given(int irq, int *err)
{
	struct line *l = line_mine(irq, err);

	return !l && *err == ERR_RIGHT && me() == first_proc ? &lines[irq] : l;
}

int call_irq_allow(int pid, int irq)
{
	struct proc *p = proc_named(pid);
	int err;
	struct line *l = line_given(irq, &err);

	if (!p)
		return ERR_PROC;
	if (!l)
		return err;
	if (!proc_live(p))
		return ERR_DEAD;
	line_unbind(l);
	if (l->owner)
		list_del(&l->owned);
	l->owner = p == first_proc ? NULL : p;
	if (l->owner)
		list_add(&p->lines, &l->owned);
	return 0;
}

int call_irq_bind(int irq, int bit)
{
	int err;
	struct line *l = line_mine(irq, &err);

	if (!l)
		return err;
	if (bit < -1 || bit > 31)
		return ERR_RANGE;
	line_unbind(l);
	if (bit < 0)
		return 0;
	l->bound = me();
	l->bit = (uint8_t)bit;
	irqc_unmask(irq);
	return 0;
}

int call_irq_ack(int irq)
{
	int err;
	struct line *l = line_mine(irq, &err);

	if (!l)
		return err;
	if (l->bound != me())
		return ERR_RIGHT;
	if (l->fired) {
		l->fired = false;
		irqc_unmask(irq);
	}
	return 0;
}

void irq_dispatch(void)
{
	int irq = irqc_claim();
	struct line *l;

	if (irq < 0)
		return;
	if (irq == timer_line()) {
		time_expire(current() ? thread_level(current()) : sched_top());
		irqc_end(irq);
		return;
	}
	irqc_hold(irq);
	l = &lines[irq];
	if (l->bound) {
		l->fired = true;
		proc_notify_now(l->bound, 1u << l->bit);
	}
}

struct thread *irq_enter(void)
{
	struct cpu *cpu = cpu_here();

	lent_settle();
	irq_dispatch();
	return cpu->resched || !cpu->current ? sched_leave() : cpu->current;
}
