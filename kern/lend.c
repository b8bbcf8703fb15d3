/* SPDX-License-Identifier: ISC
 * What calls lend.  Until it is answered, a call or fault lends the level of its thread to the process that it was made to
 * (design: "a call donates its priority").  Owns struct lent, and each process's lists of threads that may use, or pass on,
 * what it has.  Never chooses who runs: the process gets a turn at that level (sched.c), and its first ready thread has it.
 *
 *   caller (9) --lends 9--> P: ready threads? the first runs at 9
 *                           else its first thread in a call passes 9 on --> Q: …
 *
 * A step to the next process is a turn of its own, so that a chain of any length is followed in pieces, at the level that it
 * is about (rules 9, 10 and 11): what is higher comes before.
 *
 * When a call ends, what it lent may have been passed on, even in a circle, back to the process itself, which would then
 * support itself for ever.  So if no call is left that lends the highest level as its own, whatever the process's threads pass
 * on is first taken back, thread by thread and process by process, and what is still lent after that is passed on anew. */
#include "kern.h"

/* A running thread is its process's heir: nothing need be done for it until it stops. */
static bool runs_here(const struct proc *p)
{
	const struct thread *t = cpu_here()->current;

	return t && t->proc == p;
}

/* Whom what is lent to p could be passed on by: the first that passes on already, or any; NULL: none of its threads is in a call. */
static struct thread *passer(const struct proc *p)
{
	if (!list_empty(&p->passing))
		return container_of(p->passing.next, struct thread, active);
	if (!list_empty(&p->calling))
		return container_of(p->calling.next, struct thread, active);
	return NULL;
}

int lend_wanted(const struct proc *p)
{
	const struct thread *t;

	if (p->stale_n)
		return p->stale > p->lent.top ? p->stale : p->lent.top;
	if (p->lent.top < 0 || runs_here(p))
		return -1;
	if (!list_empty(&p->ready))
		return p->lent.top;
	t = passer(p);
	return t && t->lends < p->lent.top ? p->lent.top : -1;
}

static void turn_place(struct proc *p, bool first)
{
	int level = lend_wanted(p);

	bool stale = p->stale_n != 0;

	if (level == p->turn.level && (level < 0 || stale == p->turn.stale))
		return;
	turn_del(&p->turn);
	if (level < 0)
		return;
	if (stale) /* taken back before anything is passed on anew, and before anybody runs with it */
		turn_add_stale(&p->turn, (unsigned)level);
	else
		turn_add(&p->turn, (unsigned)level, first);
}

void lend_turn(struct proc *p)
{
	turn_place(p, false);
}

static void top_set(struct proc *p, int level)
{
	p->lent.top = (int8_t)level;
	p->odd = (p->odd & ~ODD_LENT) | (level < 0 ? 0 : ODD_LENT);
}

/* `first`: it is the running thread that lends, its time slice included: p comes in its place. */
static void lent_more(struct proc *p, unsigned level, bool passed, bool first)
{
	struct lent *l = &p->lent;

	l->passed[level] += passed;
	if (l->n[level]++)
		return;
	l->bits |= 1u << level;
	if ((int)level <= l->top)
		return;
	top_set(p, (int)level);
	turn_place(p, first);
}

static void lent_less(struct proc *p, unsigned level, bool passed)
{
	struct lent *l = &p->lent;

	l->passed[level] -= passed;
	if (--l->n[level] == 0)
		l->bits &= ~(1u << level);
	if ((int)level != l->top || l->n[level] > l->passed[level])
		return;
	top_set(p, l->bits ? 31 - __builtin_clz(l->bits) : -1);
	if (p->passing_n) {
		p->stale = p->stale_n && p->stale > (int)level ? p->stale : (int8_t)level;
		p->stale_n = p->passing_n;
	}
	lend_turn(p);
}

/* ---- one call ---- */

static bool passes(const struct thread *t)
{
	return t->lends > t->priority;
}

static void lends_list(struct thread *t)
{
	struct proc *p = t->proc;

	p->passing_n += passes(t);
	list_add(passes(t) ? &p->passing : &p->calling, &t->active);
}

static void lends_unlist(struct thread *t)
{
	struct proc *p = t->proc;

	list_del(&t->active);
	if (!passes(t))
		return;
	p->passing_n--;
	if (p->stale_n > p->passing_n)
		p->stale_n = p->passing_n;
}

void lend_begin(struct thread *t)
{
	t->lends = (uint8_t)thread_level(t);
	lends_list(t);
	lent_more(t->peer, t->lends, passes(t), t == current());
}

void lend_end(struct thread *t)
{
	lends_unlist(t);
	lent_less(t->peer, t->lends, passes(t));
	if (t->proc->lent.top >= 0 || t->proc->turn.level >= 0)
		lend_turn(t->proc);
}

/* t, of that priority, lends that level from now on. */
static void lends_set(struct thread *t, uint8_t priority, uint8_t level)
{
	uint8_t before = t->lends;
	bool passed = passes(t);

	lends_unlist(t);
	t->priority = priority;
	t->lends = level;
	lends_list(t);
	lent_more(t->peer, level, passes(t), false);
	lent_less(t->peer, before, passed);
}

void lend_reprioritize(struct thread *t, uint8_t priority)
{
	lends_set(t, priority, priority);
	lend_turn(t->proc); /* what is lent to it is passed on anew */
}

/* ---- turns ---- */

bool lend_settle(struct proc *p)
{
	struct thread *t;

	if (p->stale_n) {
		p->stale_n--;
		t = container_of(p->passing.next, struct thread, active);
		lends_set(t, t->priority, t->priority);
	} else if (list_empty(&p->ready) && (t = passer(p)) && t->lends < p->lent.top) {
		lends_set(t, t->priority, (uint8_t)p->lent.top);
	} else {
		return false;
	}
	lend_turn(p);
	return true;
}
