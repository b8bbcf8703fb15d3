/* SPDX-License-Identifier: ISC
 * Processes: names, grants, making, starting, stopping.  Owns struct proc but for its end (proc_end.c) and its grants (allow.c). */
#include "kern.h"

_Static_assert(sizeof(struct proc) <= PROC_SIZE, "a process fits its frame");
_Static_assert(offsetof(struct proc, info) == PROC_SIZE - PAGE_SIZE, "the information page is a page of its own");
_Static_assert(sizeof(struct thread) <= THREAD_SIZE, "a thread fits its frame");

struct proc *proc_of_frame(const struct frame_rec *f)
{
	return f->thread->proc;
}

/* ---- making ---- */

static void proc_lists(struct proc *p)
{
	struct link *const heads[] = {&p->frames, &p->records, &p->threads, &p->children, &p->clients, &p->senders,
		&p->receivers, &p->callers, &p->waiters, &p->granted, &p->watchers, &p->lines, &p->ready, &p->calling,
		&p->passing};

	for (unsigned i = 0; i < sizeof heads / sizeof *heads; i++)
		list_init(heads[i]);
	for (unsigned i = 0; i < ALARMS; i++)
		p->alarms[i].bit = (uint8_t)i;
	p->lent.top = -1;
	turn_init(&p->turn, true);
}

struct proc *proc_init(struct frame_rec *f, struct proc *parent)
{
	struct proc *p = phys_va(f->pa);

	proc_lists(p);
	f->kind = FRAME_PROC;
	thread_init(&p->first, p, f);
	p->info.pid = p->first.id;
	p->info.frame = f->id;
	proc_state(p, PROC_STOPPED);
	p->parent = parent;
	if (parent) {
		list_add(&parent->children, &p->sibling);
		p->info.parent = parent->info.pid;
	}
	return p;
}

int frame_take(int f_id, uint32_t size, struct frame_rec **out)
{
	struct frame_rec *f = frame_mine(f_id);

	if (!f)
		return ERR_FRAME;
	if (f->kind != FRAME_MEM)
		return ERR_KIND;
	if (f->len != size)
		return ERR_RANGE;
	if (f->maps_n)
		return ERR_BUSY; /* rule 3: it is to be invisible */
	frame_make_cached(f);
	*out = f;
	return 0;
}

int call_proc_new(int f_id)
{
	struct frame_rec *f;
	struct proc *p;
	int err = frame_take(f_id, PROC_SIZE, &f);

	if (err)
		return err;
	mem_clear(phys_va(f->pa), PROC_SIZE);
	p = proc_init(f, me());
	p->info.priority = me()->info.priority;
	p->first.priority = current()->priority;
	return p->info.pid;
}

void proc_adopt(struct proc *p, struct proc *parent)
{
	bool died = (p->first.flags & TF_DIED) != 0;

	died_take(p);
	list_del(&p->sibling);
	list_add(&parent->children, &p->sibling);
	frame_move(p->first.frame, parent);
	p->parent = parent;
	p->info.parent = parent->info.pid;
	p->to_parent = p->from_parent = 0;
	/* Kinship says now what a grant said before. */
	grants_withdraw(p, parent);
	if (died) {
		p->first.flags |= TF_DIED;
		port_queue(parent, &p->first);
	}
}

/* ---- running ---- */

#define STEP_THREADS 8

/* A thread of a process that has just been stopped.  It may be the one that does this: it helps before a call of its own. */
static void thread_hold(struct thread *t)
{
	struct cpu *cpu = cpu_here();

	if (cpu->current == t) {
		sched_stop(t);
	} else {
		sched_remove(t);
	}
	t->state = T_HELD;
}

/* Goes through the threads of w->proc, whose state is new. */
static bool threads_step(struct work *w)
{
	for (unsigned n = 0; n < STEP_THREADS && w->cursor != &w->proc->threads; n++) {
		struct thread *t = container_of(w->cursor, struct thread, sibling);

		w->cursor = w->cursor->next;
		if (w->proc->info.state == PROC_STOPPED && t->state == T_READY) {
			thread_hold(t);
		} else if (w->proc->info.state == PROC_RUNNING && t->state == T_HELD) {
			thread_ready(t);
		}
	}
	return w->cursor == &w->proc->threads;
}

static int threads_change(struct proc *p, bool (*step)(struct work *))
{
	work.proc = p;
	work.cursor = p->threads.next;
	work.frozen[0] = p; /* none of its threads runs before all are as they should be */
	return work_begin(step);
}

int call_proc_start(int pid, uintptr_t pc, uintptr_t sp, uintptr_t arg)
{
	struct proc *p = proc_mine(pid);

	if (!p || p == me())
		return ERR_PROC;
	if (pc >= USER_END)
		return ERR_RANGE;
	if (!proc_live(p))
		return ERR_DEAD;
	if (p->started)
		return ERR_BUSY;
	if (!p->root)
		return ERR_NOMAP;
	p->started = true;
	proc_state(p, PROC_RUNNING);
	thread_context_init(&p->first, pc, sp, arg);
	p->first.state = T_HELD;
	return threads_change(p, threads_step); /* and those that its parent made before */
}

int call_proc_stop(int pid)
{
	struct proc *p = proc_mine(pid);

	if (!p || p == me())
		return ERR_PROC;
	if (!proc_live(p))
		return ERR_DEAD;
	proc_state(p, PROC_STOPPED);
	return threads_change(p, threads_step);
}

int call_proc_resume(int pid)
{
	struct proc *p = proc_mine(pid);

	if (!p || p == me())
		return ERR_PROC;
	if (!proc_live(p))
		return ERR_DEAD;
	if (!p->started || p->info.state != PROC_STOPPED)
		return ERR_BUSY;
	if (!p->root)
		return ERR_NOMAP;
	proc_state(p, PROC_RUNNING);
	return threads_change(p, threads_step);
}

struct proc *proc_after(struct proc *p, const struct proc *top)
{
	if (!list_empty(&p->children))
		return container_of(p->children.next, struct proc, sibling);
	for (; p != top; p = p->parent)
		if (p->sibling.next != &p->parent->children)
			return container_of(p->sibling.next, struct proc, sibling);
	return NULL;
}

/* Lowers to w->value the threads of w->proc, and then those of all processes below w->proc2: else a limit would be none for who has
 * children. */
static bool priority_step(struct work *w)
{
	for (unsigned n = 0; n < STEP_THREADS && w->proc; n++) {
		struct thread *t = container_of(w->cursor, struct thread, sibling);

		if (w->cursor == &w->proc->threads) {
			w->proc = proc_after(w->proc, w->proc2);
			if (!w->proc)
				break;
			w->cursor = w->proc->threads.next;
			if (w->proc->info.priority > (int)w->value)
				w->proc->info.priority = (int)w->value;
			continue;
		}
		w->cursor = w->cursor->next;
		if (t->priority > w->value)
			thread_reprioritize(t, (uint8_t)w->value);
	}
	return !w->proc;
}

int call_proc_priority(int pid, int max)
{
	struct proc *p = proc_mine(pid);

	if (!p)
		return ERR_PROC;
	if (max > me()->info.priority && max <= PRIORITY_MAX)
		return ERR_RIGHT;
	if (max < 0 || max > PRIORITY_MAX)
		return ERR_RANGE;
	p->info.priority = max;
	work.proc2 = p;
	work.value = (uint32_t)max;
	return threads_change(p, priority_step);
}

int call_proc_info(int pid, struct proc_info *out)
{
	struct proc *p = proc_named(pid);
	int result = 0;

	if (!p)
		return ERR_PROC;
	copy_out((va_t)(uintptr_t)out, &p->info, sizeof p->info, &result);
	return result;
}

int call_proc_pager(int pid, int pager)
{
	struct proc *p = proc_mine(pid), *by = pager ? proc_named(pager) : NULL;

	if (!p || (pager && !by))
		return ERR_PROC;
	if (by && !(allowed(by, p) & ALLOW_SEND))
		return ERR_RIGHT;
	if (!proc_live(p) || (by && !proc_live(by)))
		return ERR_DEAD;
	if (p->pager)
		list_del(&p->client);
	p->pager = by;
	p->info.pager = by ? by->info.pid : 0;
	if (by)
		list_add(&by->clients, &p->client);
	return 0;
}
