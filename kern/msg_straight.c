/* SPDX-License-Identifier: ISC
 * The straight way of a call, or a fault, and of its answer: from one thread to the other and back, nothing in between.
 *
 * A call whose receiver waits, and that is answered before anybody else runs, is in no book: not among the port's callers, nor
 * is its level lent, nor is its receiver taken from those that wait, and both keep their states.  All that is known of it is
 * cpu->lent, the thread that waits for who runs.  Whoever could look at those books writes it there first (lent_settle): every
 * other call, by way of call_table_lent; a fault; the scheduler, and with it every interrupt.
 *
 *   call, fault  no frame, no time limit; the receiver waits without one and is of no higher priority; both processes are as usual
 *                (ODD_…); no long operation is pending, and no other call is in no book
 *   answer       to that call, and the next receive has no time limit; nothing waits to be received */
#include "msg_regs.h"

void lent_enter(void)
{
	struct cpu *cpu = cpu_here();
	struct thread *t = cpu->lent, *r = cpu->current;

	cpu->lent = NULL;
	cpu->calls = call_table;
	list_del(&r->queue);
	r->state = T_READY;
	t->state = T_REPLY;
	t->flags &= (uint8_t)~TF_ONEWAY;
	t->peer = r->proc;
	list_add(&t->peer->callers, &t->queue);
	lend_begin(t);
}

/* Whether `to` lets `from` send to it: what can be said at a glance; else as `allowed` says. */
static inline bool may_send(const struct proc *to, const struct proc *from)
{
	if (to->parent == from ? !(to->to_parent & RIGHTS_SET)
			       : from->parent == to && !(from->from_parent & RIGHTS_SET))
		return true;
	return (allowed(to, from) & ALLOW_SEND) != 0;
}

/* Who is to receive from t straight, or NULL. */
static inline struct thread *receiver(const struct thread *t, const struct proc *from, const struct proc *to)
{
	struct thread *r = container_of(to->receivers.next, struct thread, queue);

	if ((to->odd | from->odd) || list_empty(&to->receivers))
		return NULL;
	return r->priority <= t->priority && !r->timer.armed ? r : NULL;
}

static inline void run(struct cpu *cpu, struct thread *from, struct thread *to)
{
	cpu->current = to;
	vspace_switch(cpu, to->proc->root);
	context_exchange(cpu, from, to);
}

/* The table sends it here only while no long operation is pending and no call is in no book. */
int call_msg_call(int pid, uint32_t tag, int frame)
{
	struct frame_rec *f = ids()[(uint32_t)pid & ID_INDEX_MASK]; /* pid 0 is nobody's: see id.c */
	struct cpu *cpu = cpu_here();
	struct thread *t = cpu->current, *r;
	struct proc *p = t->proc, *to;
	int above;

	if (((f->tid ^ pid) | frame) || __builtin_add_overflow((int)tag, INT32_MAX - MSG_RESERVED + 1, &above) ||
		(int32_t)t->r[R_TIME + 1] >= 0)
		return msg_call_general();
	to = f->thread->proc;
	r = receiver(t, p, to);
	if (!r || !may_send(to, p))
		return msg_call_general();
	msg_number(cpu, t);
	msg_copy(r, t, t->call);
	cpu->lent = t;
	cpu->calls = call_table_lent;
	run(cpu, t, r);
	return 0;
}

bool fault_straight(struct thread *t, struct proc *to)
{
	struct cpu *cpu = cpu_here();
	struct thread *r = receiver(t, t->proc, to);

	if (!r || cpu->calls != call_table)
		return false;
	t->flags |= TF_FAULT;
	msg_number(cpu, t);
	fault_fill(r, t);
	cpu->lent = t;
	cpu->calls = call_table_lent;
	run(cpu, t, r);
	return true;
}

static int reply_recv_settled(void)
{
	lent_settle();
	return msg_reply_recv_general();
}

int call_msg_reply_recv(int to, uint32_t tag, int frame)
{
	struct cpu *cpu = cpu_here();
	struct thread *r = cpu->current, *t = cpu->lent;
	struct proc *p = r->proc;
	uint32_t call = r->r[R_FOR];

	if (!t || ((t->id ^ to) | frame) || (call && call != t->call) || (int32_t)r->r[R_TIME + 1] >= 0 ||
		(p->notified | p->odd) || !list_empty(&p->senders))
		return reply_recv_settled();
	if (t->flags & TF_FAULT) {
		if (tag)
			return reply_recv_settled();
		t->flags &= (uint8_t)~TF_FAULT;
	} else {
		msg_copy(t, r, t->call);
	}
	r->r[0] = 0;
	if (p->receivers.prev != &r->queue) { /* it waits behind those that have waited longer */
		list_del(&r->queue);
		list_add(&p->receivers, &r->queue);
	}
	cpu->lent = NULL;
	cpu->calls = call_table;
	run(cpu, r, t);
	return (int)t->r[0];
}
