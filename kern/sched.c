/* SPDX-License-Identifier: ISC
 * Who runs: fixed priorities, round robin within one, a time slice only while somebody of the same priority waits.
 * Owns the ready queues.  The one way out of the kernel that may change who runs is sched_leave; there what was
 * preempted is finished or begun again. */
#include "kern.h"

#define SLICE_NS 10000000 /* 10 ms */

static struct link ready[PRIORITY_MAX + 1];
static uint32_t ready_bits;
static uint64_t slice_ticks;

void sched_init(void)
{
	for (unsigned i = 0; i <= PRIORITY_MAX; i++)
		list_init(&ready[i]);
	slice_ticks = time_ticks(SLICE_NS);
}

int sched_top(void)
{
	return ready_bits ? 31 - __builtin_clz(ready_bits) : -1;
}

/* Somebody of the running thread's priority waits: its slice begins to count. */
void sched_slice(void)
{
	struct cpu *cpu = cpu_here();

	if (cpu->current && (ready_bits & 1u << cpu->current->priority)) {
		if (!cpu->slice_end) {
			cpu->slice_end = timer_now() + slice_ticks;
			time_program();
		}
	} else {
		cpu->slice_end = 0;
	}
	if (cpu->current && sched_top() > cpu->current->priority)
		cpu->resched = 1;
}

void sched_add(struct thread *t)
{
	t->queued = t->priority;
	list_add(&ready[t->queued], &t->queue);
	ready_bits |= 1u << t->queued;
	sched_slice();
}

void sched_remove(struct thread *t)
{
	list_del(&t->queue);
	if (list_empty(&ready[t->queued]))
		ready_bits &= ~(1u << t->queued);
}

static void sched_set(struct cpu *cpu, struct thread *t)
{
	cpu->current = t;
	if (cpu->root != t->proc->root)
		vspace_load(t->proc->root);
	if (cpu->loaded != t) {
		if (cpu->loaded)
			thread_context_save(cpu, cpu->loaded);
		thread_context_load(cpu, t);
		cpu->loaded = t;
	}
}

int sched_switch(struct thread *to)
{
	struct cpu *cpu = cpu_here();

	if (to->proc->info.state != PROC_RUNNING || to->priority < sched_top() || work_busy() ||
		(to->flags & TF_CALL)) {
		cpu->current = NULL;
		cpu->resched = 1;
		thread_ready(to);
		return CALL_AGAIN;
	}
	to->state = T_READY;
	sched_set(cpu, to);
	return (int)to->r[0];
}

int sched_block(void)
{
	struct cpu *cpu = cpu_here();

	cpu->current = NULL;
	cpu->resched = 1;
	return CALL_AGAIN;
}

/* The running thread, or a ready one of higher priority, or, its slice over, of the same. */
static struct thread *sched_choose(struct cpu *cpu)
{
	struct thread *t = cpu->current;
	int top = sched_top();
	uint64_t now = cpu->slice_end ? timer_now() : 0;
	bool over = cpu->slice_end && now >= cpu->slice_end;

	if (t && top < t->priority && over)
		cpu->slice_end = 0; /* who waited for its end is gone */
	if (t && (top < t->priority || (top == t->priority && !over)))
		return t;
	if (top < 0) {
		cpu->slice_end = 0; /* nobody's: or the timer would fire for ever while the CPU idles */
		return NULL;
	}
	if (t) {
		/* Preempted by a higher one it stays first of its queue, with the rest of its slice: or those of its own
		 * priority would wait as long as somebody higher wakes up often enough.  After its slice it goes to the
		 * end. */
		t->slice_left = cpu->slice_end && !over ? (uint32_t)(cpu->slice_end - now) : 0;
		t->queued = t->priority;
		list_add(over ? &ready[t->queued] : ready[t->queued].next, &t->queue);
		ready_bits |= 1u << t->queued;
	}
	t = container_of(ready[top].next, struct thread, queue);
	sched_remove(t);
	cpu->current = t;
	cpu->slice_end = 0;
	sched_slice();
	if (cpu->slice_end && t->slice_left)
		cpu->slice_end -= slice_ticks - t->slice_left;
	t->slice_left = 0;
	return t;
}

/* Its call goes on, or it helps, before it runs: true when the choice is to be made anew. */
static bool sched_unfinished(struct cpu *cpu, struct thread *t)
{
	bool frozen = work_busy() && (work.frozen[0] == t->proc || work.frozen[1] == t->proc);
	int result;

	if (!(t->flags & TF_CALL) && !frozen)
		return false;
	sched_set(cpu, t);
	if (work_busy()) {
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

/* Whether an operation whose caller has ended is next: nobody else would come back to it.  It has the priority that its
 * caller had. */
static bool sched_orphan(const struct cpu *cpu)
{
	return work_busy() && !work.caller && sched_top() <= work.priority &&
	       (!cpu->current || cpu->current->priority <= work.priority);
}

struct thread *sched_leave(void)
{
	struct cpu *cpu = cpu_here();
	struct thread *t;

	for (;;) {
		if (irq_pending())
			irq_dispatch();
		cpu->resched = 0;
		if (sched_orphan(cpu)) {
			work_run();
			continue;
		}
		t = sched_choose(cpu);
		if (!t)
			cpu_idle();
		else if (!sched_unfinished(cpu, t))
			break;
	}
	sched_set(cpu, t);
	time_program();
	return t;
}

int call_thread_yield(void)
{
	struct cpu *cpu = cpu_here();
	struct thread *t = cpu->current, *next;

	if (!(ready_bits & 1u << t->priority))
		return 0;
	next = container_of(ready[t->priority].next, struct thread, queue);
	t->r[0] = 0;
	if (cpu->resched || (next->flags & TF_CALL) || work_busy()) {
		cpu->slice_end = 1; /* over */
		cpu->resched = 1;
		return CALL_AGAIN;
	}
	list_del(&next->queue);
	list_add(&ready[t->priority], &t->queue);
	t->queued = t->priority;
	sched_set(cpu, next);
	return (int)next->r[0];
}
