/* SPDX-License-Identifier: ISC
 * The straight way of a call, or a fault, and of its answer: from one thread to the other and back, nothing in between.
 *
 * A call whose receiver waits, and that is answered before anybody else runs, is in no book: not among the port's callers, nor
 * is its level lent, nor is its receiver taken from those that wait.  All that is known of it is cpu->lent, the thread that waits
 * for who runs.  Whoever could look at those books writes it there first (lent_settle): every other call, by way of
 * call_table_lent; a fault; the scheduler, and with it every interrupt.
 *
 *   call, fault  no frame, no time limit; the receiver waits without one, in a process that runs; it is of no higher priority, and
 *                nothing is lent to either process; no long operation is pending, and no other call is in no book
 *   answer       to that call, and the next receive has no time limit; nothing waits to be received */
#include "msg_regs.h"

void lent_enter(void)
{
	struct cpu *cpu = cpu_here();
	struct thread *t = cpu->lent;

	cpu->lent = NULL;
	cpu->calls = call_table;
	list_del(&cpu->current->queue);
	list_add(&t->peer->callers, &t->queue);
	lend_begin(t);
}

/* Whether `to` lets `from` send to it.  As `allowed` says; what that would have to look for is left to it. */
static inline bool may_send(const struct proc *to, const struct proc *from)
{
	if (to->parent == from ? !(to->to_parent & RIGHTS_SET) : from->parent == to && !(from->from_parent & RIGHTS_SET))
		return true;
	return (allowed(to, from) & ALLOW_SEND) != 0;
}

/* Who is to receive from t straight, or NULL. */
static inline struct thread *receiver(const struct cpu *cpu, const struct thread *t, const struct proc *to)
{
	struct thread *r = container_of(to->receivers.next, struct thread, queue);

	if (cpu->calls != call_table || list_empty(&to->receivers) || t->proc->lent.top >= 0 || to->lent.top >= 0)
		return NULL;
	return r->priority <= t->priority && !r->timer.armed && !(r->flags & TF_CALL) && to->info.state == PROC_RUNNING ? r : NULL;
}

static inline void run(struct cpu *cpu, struct thread *t)
{
	t->state = T_READY;
	cpu->current = t;
	vspace_switch(cpu, t->proc->root);
	context_switch(cpu, t);
}

/* t waits for r, which runs. */
static inline void wait_for(struct cpu *cpu, struct thread *t, struct thread *r)
{
	t->state = T_REPLY;
	t->peer = r->proc;
	cpu->lent = t;
	cpu->calls = call_table_lent;
	run(cpu, r);
}

int call_msg_call(int pid, uint32_t tag, int frame)
{
	struct cpu *cpu = cpu_here();
	struct thread *t = cpu->current, *r;
	struct proc *to = proc_find(pid);

	if (!to || frame || (int32_t)tag >= MSG_RESERVED || (int32_t)t->r[R_TIME + 1] >= 0 || !may_send(to, t->proc))
		return msg_call_general();
	r = receiver(cpu, t, to);
	if (!r)
		return msg_call_general();
	t->flags &= (uint8_t)~TF_ONEWAY;
	msg_number(cpu, t);
	msg_copy(r, t, t->call);
	wait_for(cpu, t, r);
	return 0;
}

bool fault_straight(struct thread *t, struct proc *to)
{
	struct cpu *cpu = cpu_here();
	struct thread *r = receiver(cpu, t, to);

	if (!r)
		return false;
	t->flags = (uint8_t)((t->flags | TF_FAULT) & ~TF_ONEWAY);
	msg_number(cpu, t);
	fault_fill(r, t);
	wait_for(cpu, t, r);
	return true;
}

int call_msg_reply_recv(int to, uint32_t tag, int frame)
{
	struct cpu *cpu = cpu_here();
	struct thread *r = cpu->current, *t = cpu->lent;
	struct proc *p = r->proc;
	bool fault;

	if (!t)
		return msg_reply_recv_general();
	fault = (t->flags & TF_FAULT) != 0;
	if (t->id != to || frame || (r->r[R_FOR] && r->r[R_FOR] != t->call) || (int32_t)r->r[R_TIME + 1] >= 0 ||
		p->notified || !list_empty(&p->senders) || p->lent.top >= 0 || (fault && tag)) {
		lent_enter();
		return msg_reply_recv_general();
	}
	cpu->lent = NULL;
	cpu->calls = call_table;
	r->r[0] = 0;
	r->state = T_RECV;
	if (fault)
		t->flags &= (uint8_t)~TF_FAULT;
	else
		msg_copy(t, r, t->call);
	run(cpu, t);
	return (int)t->r[0];
}
