/* SPDX-License-Identifier: ISC
 * Who runs: fixed priorities, round robin within one, a time slice only while somebody of the same level waits.  Owns the
 * ready queues, of turns: a thread's own, or a process's at the level that its callers lend it (lend.c).
 *
 * A time slice is a turn's, and a direct switch within a level (a call, an answer) hands it on: the payer stays who it was.
 * Whoever stops before its slice is over keeps the rest, and is first of its queue when it is ready again; whose slice is
 * over comes last, with a whole one.  So however threads come to run, equals get the same.
 *
 * The one way out of the kernel that may change who runs is sched_leave; there what was preempted is finished or begun
 * again. */
#include "kern.h"

#define SLICE_NS 10000000 /* 10 ms */

static struct link ready[PRIORITY_MAX + 1];
static struct link
	stale[PRIORITY_MAX + 1]; /* processes that have something to take back before anybody of that level runs */
static uint32_t ready_bits, stale_bits;
static uint64_t slice_ticks;

void sched_init(void)
{
	for (unsigned i = 0; i <= PRIORITY_MAX; i++) {
		list_init(&ready[i]);
		list_init(&stale[i]);
	}
	slice_ticks = time_ticks(SLICE_NS);
	cpu_here()->level = -1;
}

static int highest(uint32_t bits)
{
	return bits ? 31 - __builtin_clz(bits) : -1;
}

int sched_top(void)
{
	return highest(ready_bits | stale_bits);
}

/* ---- turns ---- */

void turn_init(struct turn *turn, bool of_proc)
{
	turn->level = -1;
	turn->of_proc = of_proc;
}

void turn_add(struct turn *turn, unsigned level, bool first)
{
	turn->level = (int8_t)level;
	turn->stale = false;
	list_add(first ? ready[level].next : &ready[level], &turn->queue);
	ready_bits |= 1u << level;
}

void turn_add_stale(struct turn *turn, unsigned level)
{
	turn->level = (int8_t)level;
	turn->stale = true;
	list_add(&stale[level], &turn->queue);
	stale_bits |= 1u << level;
	cpu_here()->resched = 1;
}

void turn_del(struct turn *turn)
{
	unsigned level = (unsigned)turn->level;

	if (turn->level < 0)
		return;
	list_del(&turn->queue);
	turn->level = -1;
	if (turn->stale && list_empty(&stale[level]))
		stale_bits &= ~(1u << level);
	else if (!turn->stale && list_empty(&ready[level]))
		ready_bits &= ~(1u << level);
}

/* ---- slices ---- */

/* What is left of the slice under way is its payer's, for when that runs again. */
static void slice_keep(struct cpu *cpu)
{
	uint64_t now;

	if (!cpu->slice_end)
		return;
	now = timer_now();
	if (cpu->payer)
		cpu->payer->slice_left = now < cpu->slice_end ? (uint32_t)(cpu->slice_end - now) : 0;
	cpu->slice_end = 0;
}

void sched_add(struct thread *t)
{
	struct cpu *cpu = cpu_here();
	bool first;

	if (cpu->payer == t) { /* what is left of its slice is its own again */
		slice_keep(cpu);
		cpu->payer = cpu->current;
	}
	first = t->slice_left != 0;
	turn_add(&t->turn, t->priority, first);
	list_add(first ? t->proc->ready.next : &t->proc->ready, &t->active);
	if (t->proc->lent.top >= 0)
		lend_turn(t->proc);
	sched_slice();
}

void sched_remove(struct thread *t)
{
	turn_del(&t->turn);
	list_del(&t->active);
	if (t->proc->lent.top >= 0)
		lend_turn(t->proc);
}

/* The slice of t begins, or goes on: it counts while somebody of its level waits. */
static void slice_begin(struct cpu *cpu, struct thread *t)
{
	slice_keep(cpu);
	cpu->payer = t;
	cpu->level = thread_level(t);
}

/* The running thread's level, or who else is ready, may have changed. */
void sched_slice(void)
{
	struct cpu *cpu = cpu_here();

	if (!cpu->current)
		return;
	cpu->level = thread_level(cpu->current);
	if (!(ready_bits & 1u << cpu->level)) {
		slice_keep(cpu);
	} else if (!cpu->slice_end) {
		if (!cpu->payer)
			cpu->payer = cpu->current;
		cpu->slice_end = timer_now() + (cpu->payer->slice_left ? cpu->payer->slice_left : slice_ticks);
		time_program();
	}
	if (sched_top() > cpu->level || cpu->timer_floor > cpu->level)
		cpu->resched = 1;
}

void sched_forget(const struct thread *t)
{
	struct cpu *cpu = cpu_here();

	if (cpu->payer != t)
		return;
	cpu->payer = NULL;
	cpu->slice_end = 0;
}

/* ---- switching ---- */

/* `to` runs instead of `from`, whose context the CPU has. */
static inline void sched_run(struct cpu *cpu, struct thread *from, struct thread *to)
{
	cpu->current = to;
	vspace_switch(cpu, to->proc->root);
	context_exchange(cpu, from, to);
}

/* Whether who runs next can be told at a glance: nothing pending, no slice under way, nothing lent. */
static inline bool sched_plain(const struct cpu *cpu, const struct thread *t, const struct thread *to)
{
	return cpu->calls == call_table && !(cpu->resched | (uint32_t)cpu->slice_end |
						   (uint32_t)(cpu->slice_end >> 32) | t->proc->odd | to->proc->odd);
}

bool sched_wake_now(struct thread *r)
{
	struct cpu *cpu = cpu_here();
	struct thread *t = cpu->current;

	if (!t || r->priority <= cpu->level || !sched_plain(cpu, t, r))
		return false;
	if (cpu->payer != t || !t->slice_left) {
		if (cpu->payer)
			cpu->payer->slice_left = 0;
		t->slice_left = (uint32_t)slice_ticks;
	}
	turn_add(&t->turn, t->priority, true); /* its slice has begun: it is first when it is ready again */
	list_add(t->proc->ready.next, &t->active);
	r->state = T_READY;
	cpu->payer = r;
	cpu->level = r->priority;
	sched_run(cpu, t, r);
	return true;
}

/* The only ready thread of the highest level, if it can go on at once where t, which waits, stops; NULL: the general way chooses. */
static inline struct thread *sched_heir(const struct cpu *cpu, const struct thread *t)
{
	int level = highest(ready_bits);
	const struct turn *turn;
	struct thread *to;

	if (level < 0 || level < cpu->timer_floor)
		return NULL;
	turn = container_of(ready[level].next, struct turn, queue);
	to = container_of((struct turn *)(uintptr_t)turn, struct thread, turn);
	if (stale_bits || turn->of_proc || ready[level].prev != &turn->queue || (to->flags & TF_CALL) ||
		!sched_plain(cpu, t, to))
		return NULL;
	return to;
}

static void sched_set(struct cpu *cpu, struct thread *t)
{
	cpu->current = t;
	vspace_switch(cpu, t->proc->root);
	if (cpu->loaded != t) {
		if (cpu->loaded)
			thread_context_save(cpu, cpu->loaded);
		context_load(cpu, t);
	}
}

void sched_stop(struct thread *t)
{
	struct cpu *cpu = cpu_here();

	cpu->current = NULL;
	cpu->resched = 1;
	if (t->proc->lent.top >= 0)
		lend_turn(t->proc);
}

int sched_block(void)
{
	struct cpu *cpu = cpu_here();
	struct thread *t = cpu->current, *to = sched_heir(cpu, t);

	if (!to) {
		sched_stop(t);
		return CALL_AGAIN;
	}
	turn_del(&to->turn);
	list_del(&to->active);
	cpu->payer = to;
	cpu->level = to->priority;
	sched_run(cpu, t, to);
	return (int)to->r[0];
}

/* Another level begins or goes on with `to`, if its equals need not come first. */
static bool level_enter(struct cpu *cpu, struct thread *to, int level)
{
	if (level < cpu->timer_floor)
		return false; /* what is due there comes first */
	slice_keep(cpu);
	if (ready_bits & 1u << level) {
		if (!to->slice_left)
			return false;
		cpu->slice_end = timer_now() + to->slice_left;
	}
	cpu->payer = to;
	cpu->level = level;
	time_program();
	return true;
}

int sched_switch(struct thread *to)
{
	struct cpu *cpu = cpu_here();
	struct thread *from = cpu->current;
	int level = thread_level(to);

	cpu->current = NULL; /* it waits */
	if (from->proc->lent.top >= 0)
		lend_turn(from->proc);
	if (to->proc->info.state != PROC_RUNNING || level < sched_top() || work_busy() || (to->flags & TF_CALL) ||
		(level != cpu->level && !level_enter(cpu, to, level))) {
		cpu->resched = 1;
		thread_ready(to);
		return CALL_AGAIN;
	}
	to->state = T_READY;
	sched_set(cpu, to);
	return (int)to->r[0];
}

/* The running thread goes back to its queue: first, with the rest of the slice, whoever's it was, or, that over, last. */
static void sched_preempt(struct cpu *cpu, struct thread *t, bool over)
{
	uint64_t left = slice_ticks, now = timer_now();

	if (cpu->slice_end) /* it may have come to its end since that was looked at */
		left = now < cpu->slice_end ? cpu->slice_end - now : 0;
	else if (cpu->payer == t && t->slice_left)
		left = t->slice_left;
	if (cpu->payer)
		cpu->payer->slice_left = 0;
	cpu->payer = NULL;
	cpu->slice_end = 0;
	cpu->current = NULL;
	t->slice_left = over ? 0 : (uint32_t)left;
	sched_add(t);
}

/* The first turn of a level: its thread; NULL: it was a process's, which has done something else with it. */
static struct thread *turn_take(unsigned level)
{
	struct turn *turn = container_of(ready[level].next, struct turn, queue);
	struct thread *t;
	struct proc *p;

	if (!turn->of_proc) {
		t = container_of(turn, struct thread, turn);
	} else {
		p = container_of(turn, struct proc, turn);
		if (lend_settle(p))
			return NULL;
		KASSERT(!list_empty(&p->ready), p->info.pid, level);
		t = container_of(p->ready.next, struct thread, active);
	}
	turn_del(&t->turn);
	list_del(&t->active);
	return t;
}

/* Chooses who runs: the running thread, or a ready one of higher level, or, its slice over, of the same.  false: nobody is
 * chosen yet, since something had to be done first. */
static bool sched_choose(struct cpu *cpu)
{
	struct thread *t = cpu->current;
	int top = sched_top(), level = t ? thread_level(t) : -1;
	bool over;

	if (time_lower(top > level ? top : level))
		return false;
	over = cpu->slice_end && timer_now() >= cpu->slice_end;
	if (stale_bits && highest(stale_bits) >= (top > level ? top : level)) {
		lend_settle(container_of(stale[highest(stale_bits)].next, struct proc, turn.queue));
		return false;
	}
	if (t && (top < level || (top == level && !over))) {
		sched_slice();
		return true;
	}
	if (top < 0) {
		slice_keep(cpu); /* nobody's: or the timer would fire for ever while the CPU idles */
		cpu->level = -1;
		return true;
	}
	if (t)
		sched_preempt(cpu, t, over);
	t = turn_take((unsigned)top);
	if (!t)
		return false;
	cpu->current = t;
	slice_begin(cpu, t);
	lend_turn(t->proc); /* it has what is lent */
	sched_slice();
	return true;
}

/* Its call goes on, or it helps, before it runs: true when the choice is to be made anew. */
static bool sched_unfinished(struct cpu *cpu, struct thread *t)
{
	bool frozen = work_busy() && (work.frozen[0] == t->proc || work.frozen[1] == t->proc);
	int result;

	if (!(t->flags & TF_CALL) && !frozen)
		return false;
	sched_set(cpu, t);
	if (work_busy() && (frozen || work.caller == t || !call_looks(t))) {
		work_run();
		return true;
	}
	t->flags &= (uint8_t)~TF_CALL;
	result = call_again(t);
	if (result == CALL_AGAIN || !cpu->current)
		return true;
	cpu->current->r[0] = (uint32_t)result;
	if (cpu->current == t) /* it ended, perhaps refused before it looked how far it had come */
		t->progress = 0;
	return true;
}

static bool sched_lower(const struct cpu *cpu, int level)
{
	return sched_top() <= level && (!cpu->current || thread_level(cpu->current) <= level);
}

/* Goes on with an operation whose caller has ended, if that is next: nobody else would come back to it.  It has the priority
 * that its caller had. */
static bool sched_orphan(const struct cpu *cpu)
{
	int level;

	if (work_busy() && !work.caller && sched_lower(cpu, work.priority)) {
		work_run();
		return true;
	}
	level = orphan_bits ? donate_orphans() : -1;
	if (level < 0 || !sched_lower(cpu, level))
		return false;
	donate_orphan_run();
	return true;
}

struct thread *sched_leave(void)
{
	struct cpu *cpu = cpu_here();
	struct thread *t;

	lent_settle();
	for (;;) {
		if (irq_pending())
			irq_dispatch();
		cpu->resched = 0;
		if (sched_orphan(cpu) || !sched_choose(cpu))
			continue;
		t = cpu->current;
		if (!t)
			cpu_idle();
		else if (!sched_unfinished(cpu, t))
			break;
	}
	if (orphan_bits) /* they are looked at whenever somebody stops: no direct way leads past them */
		cpu->resched = 1;
	sched_set(cpu, t);
	time_program();
	return t;
}

/* The rest of the slice is given up: whoever waits has a whole one, or what was left of its own.  The timer stays as it was set
 * unless that is too late: a slice that ended earlier makes it look once more. */
int call_thread_yield(void)
{
	struct cpu *cpu = cpu_here();
	struct thread *t = cpu->current, *next;
	int level = thread_level(t);
	struct turn *turn;

	if (!(ready_bits & 1u << level))
		return 0;
	t->r[0] = 0;
	turn = container_of(ready[level].next, struct turn, queue);
	next = container_of(turn, struct thread, turn);
	if (cpu->resched || level != t->priority || turn->of_proc || (next->flags & TF_CALL) || work_busy() ||
		(t->proc->odd | next->proc->odd)) {
		cpu->slice_end = 1; /* over */
		cpu->resched = 1;
		return CALL_AGAIN;
	}
	if (cpu->payer)
		cpu->payer->slice_left = 0;
	t->slice_left = 0;
	turn_del(turn);
	list_del(&next->active);
	turn_add(&t->turn, (unsigned)level, false);
	list_add(&t->proc->ready, &t->active);
	cpu->payer = next;
	cpu->slice_end = timer_now() + (next->slice_left ? next->slice_left : slice_ticks);
	if (cpu->slice_end < cpu->timer_at)
		time_program();
	sched_run(cpu, t, next);
	return (int)next->r[0];
}
