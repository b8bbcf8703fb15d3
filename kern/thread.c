/* SPDX-License-Identifier: ISC
 * Threads: making, ending, parking, registers.  Owns struct thread but for its message and fault fields.  What runs
 * when is sched.c's. */
#include "kern.h"

void thread_init(struct thread *t, struct proc *p, struct frame_rec *f)
{
	t->cpu = cpu_here();
	t->proc = p;
	t->id = id_thread(f);
	f->tid = t->id;
	f->thread = t;
	t->frame = f;
	t->state = T_INACTIVE;
	t->timer.bit = TIMER_THREAD;
	turn_init(&t->turn, false);
	list_add(&p->threads, &t->sibling);
	p->info.threads++;
}

void thread_ready(struct thread *t)
{
	if (t->proc->info.state != PROC_RUNNING) {
		t->state = T_HELD;
		sched_slice(); /* what it lent is gone all the same */
		return;
	}
	t->state = T_READY;
	sched_add(t);
}

void thread_unqueue(struct thread *t)
{
	timer_cancel(&t->timer);
	switch (t->state) {
	case T_READY:
		sched_remove(t);
		break;
	case T_SEND:
		t->peer->info.messages--;
		list_del(&t->queue);
		lend_end(t);
		break;
	case T_REPLY:
		list_del(&t->queue);
		lend_end(t);
		break;
	case T_RECV:
	case T_WAIT:
		list_del(&t->queue);
		break;
	default:
		break;
	}
}

void thread_wake(struct thread *t, int result)
{
	thread_unqueue(t);
	if (result == CALL_AGAIN)
		t->flags |= TF_CALL;
	else
		t->r[0] = (uint32_t)result;
	thread_ready(t);
}

int thread_wait(enum thread_state state, struct link *queue, int64_t timeout)
{
	struct thread *t = current();

	t->state = (uint8_t)state;
	if (queue)
		list_add(queue, &t->queue);
	if (timeout >= 0)
		timer_arm(&t->timer, time_deadline(timeout), thread_level(t));
	return sched_block();
}

void thread_reprioritize(struct thread *t, uint8_t priority)
{
	if (t->state == T_READY && t != current()) {
		sched_remove(t);
		t->priority = priority;
		sched_add(t);
		return;
	}
	if (t->state == T_SEND || t->state == T_REPLY)
		lend_reprioritize(t, priority);
	t->priority = priority;
	sched_slice();
}

void thread_halt(struct thread *t)
{
	struct cpu *cpu = cpu_here();

	if (t->state != T_INACTIVE && cpu->current != t)
		thread_unqueue(t);
	if (work.caller == t) {
		work.caller = NULL;
		work.priority = thread_level(t);
	}
	donate_orphan(t);
	sched_forget(t);
	if (cpu->current == t)
		sched_stop(t);
	t->state = T_INACTIVE;
	t->flags &= TF_VFP;
	call_forget(t);
	vfp_save(cpu, t);
	vfp_drop(cpu, t);
	if (cpu->loaded == t) {
		thread_context_save(cpu, t);
		cpu->loaded = NULL;
	}
	cpu->resched = 1;
}

void thread_dissolve(struct thread *t)
{
	struct frame_rec *f = t->frame;

	list_del(&t->sibling);
	t->proc->info.threads--;
	f->tid = 0;
	f->kind = FRAME_MEM;
	mem_clear(t, THREAD_SIZE);
}

/* The first thread's room stays with the process; all others that ended are gone. */
static bool thread_last(const struct proc *p)
{
	return p->info.threads - (p->first.state == T_INACTIVE) == 1;
}

int thread_end(struct thread *t, int status)
{
	if (thread_last(t->proc))
		return proc_end_begin(t->proc, status);
	thread_halt(t);
	if (t != &t->proc->first)
		thread_dissolve(t);
	return current() ? 0 : CALL_AGAIN;
}

int call_thread_exit(void)
{
	return thread_end(current(), 0);
}

int call_thread_new(int pid, int f_id, uintptr_t pc, uintptr_t sp, uintptr_t arg)
{
	struct proc *p;
	struct frame_rec *f;
	struct thread *t;
	int err;

	if (!frame_mine(f_id))
		return ERR_FRAME;
	p = proc_mine(pid);
	if (!p)
		return ERR_PROC;
	err = frame_take(f_id, THREAD_SIZE, &f);
	if (err)
		return err;
	if (pc >= USER_END)
		return ERR_RANGE;
	if (!proc_live(p))
		return ERR_DEAD;
	t = phys_va(f->pa);
	mem_clear(t, THREAD_SIZE);
	f->kind = FRAME_THREAD;
	thread_init(t, p, f);
	t->priority = current()->priority;
	if (t->priority > p->info.priority)
		t->priority = (uint8_t)p->info.priority;
	thread_context_init(t, pc, sp, arg);
	thread_ready(t);
	return t->id;
}

int call_thread_park(uint32_t low, uint32_t high)
{
	struct thread *t = current();
	int64_t timeout = (int64_t)((uint64_t)high << 32 | low);

	if (t->flags & TF_PERMIT) {
		t->flags &= (uint8_t)~TF_PERMIT;
		return 0;
	}
	if (timeout == 0)
		return ERR_TIMEOUT;
	return thread_wait(T_PARKED, NULL, timeout);
}

int call_thread_unpark(int tid)
{
	struct thread *t = thread_find(tid);

	if (!t || t->proc != me())
		return ERR_PROC;
	if (t->state == T_PARKED)
		thread_wake(t, 0);
	else
		t->flags |= TF_PERMIT;
	return 0;
}

/* A thread of mine or a child's that has not ended; 0: mine. */
static struct thread *thread_named(int tid)
{
	struct thread *t = tid ? thread_find(tid) : current();

	return t && (t->proc == me() || t->proc->parent == me()) ? t : NULL;
}

int call_thread_priority(int tid, int priority)
{
	struct thread *t = thread_named(tid);

	if (!t)
		return ERR_PROC;
	if (priority > t->proc->info.priority && priority <= PRIORITY_MAX)
		return ERR_RIGHT;
	if (priority < 0 || priority > PRIORITY_MAX)
		return ERR_RANGE;
	thread_reprioritize(t, (uint8_t)priority);
	return 0;
}

int call_thread_next(int pid, int tid)
{
	struct proc *p = proc_mine(pid);
	struct thread *t;
	struct link *l;

	if (!p)
		return ERR_PROC;
	l = &p->threads;
	if (tid) {
		t = thread_find(tid);
		if (!t || t->proc != p)
			return ERR_PROC;
		l = &t->sibling;
	}
	return l->next == &p->threads ? 0 : container_of(l->next, struct thread, sibling)->id;
}

static void regs_set(struct thread *t, const struct regs *regs)
{
	donate_orphan(t);
	for (unsigned i = 0; i < 15; i++)
		t->r[i] = regs->r[i];
	thread_resume(t, regs->r[15], regs->cpsr);
	t->tls = regs->tls;
	t->vfp.fpscr = regs->fpscr;
	for (unsigned i = 0; i < 32; i++)
		t->vfp.d[i] = regs->d[i];
	/* Its call ends here, or the kernel would go on with it from registers that nobody checked (rule 11): a fault's
	 * answer only lets it run, and what it sent or waited for is withdrawn.  It goes on where its registers say. */
	t->flags &= (uint8_t) ~(TF_CALL | TF_INCALL);
	call_forget(t);
	timer_cancel(&t->timer);
	if (!(t->flags & TF_FAULT) && (t->state >= T_RECV || (t->state == T_PARKED && t->proc != me()))) {
		thread_unqueue(t);
		t->flags &= (uint8_t)~TF_ONEWAY;
		t->state = T_HELD;
		sched_slice(); /* whom it called may be of a lower level now */
	}
}

static void regs_get(const struct thread *t, struct regs *regs)
{
	for (unsigned i = 0; i < 16; i++)
		regs->r[i] = t->r[i];
	regs->cpsr = t->cpsr;
	regs->tls = t->tls;
	regs->zero = 0; /* rule 11: no hole through which the kernel's stack is seen */
	regs->fpscr = t->vfp.fpscr;
	for (unsigned i = 0; i < 32; i++)
		regs->d[i] = t->vfp.d[i];
}

int call_thread_regs(int tid, struct regs *user, int set)
{
	struct thread *t = tid ? thread_named(tid) : NULL;
	struct cpu *cpu = cpu_here();
	struct regs regs;
	int result = 0;

	if (!t || t == current())
		return ERR_PROC;
	if (set != 0 && set != 1)
		return ERR_FLAGS;
	if (t->proc == me() ? t->state != T_PARKED : t->proc->info.state == PROC_RUNNING)
		return ERR_BUSY;
	if (set && !copy_in(&regs, (va_t)(uintptr_t)user, sizeof regs, &result))
		return result;
	vfp_save(cpu, t);
	if (cpu->loaded == t)
		thread_context_save(cpu, t);
	if (set) {
		regs_set(t, &regs);
		vfp_drop(cpu, t);
		if (cpu->loaded == t)
			cpu->loaded = NULL;
		return 0;
	}
	regs_get(t, &regs);
	copy_out((va_t)(uintptr_t)user, &regs, sizeof regs, &result);
	return result;
}
