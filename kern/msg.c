/* SPDX-License-Identifier: ISC
 * Messages and notifications.  Owns the ports: who waits to send, to receive, and for an answer.  Messages stay in
 * their sender's saved registers until they are received: tag r1, frame r2, words r3 to r8, in an answer the number of
 * the call in r9.  The receiver finds the sender's id in r9, its process's in r10 and the call's number in r11.  A frame
 * changes hands at the rendezvous, or not at all. */
#include "msg_regs.h"

static int64_t msg_timeout(const struct thread *t)
{
	return (int64_t)((uint64_t)t->r[R_TIME + 1] << 32 | t->r[R_TIME]);
}

int msg_frame(const struct thread *t)
{
	return (int)t->r[R_FRAME];
}

/* From nobody, or from a process whose end it tells. */
void msg_kernel(struct thread *to, int from, uint32_t tag, uint32_t word)
{
	to->r[0] = 0;
	to->r[R_TAG] = tag;
	to->r[R_FRAME] = 0;
	to->r[R_WORD] = word;
	for (unsigned i = 1; i < MSG_WORDS; i++)
		to->r[R_WORD + i] = 0;
	to->r[R_FROM] = to->r[R_PID] = (uint32_t)from;
	to->r[R_CALL] = 0;
}

/* ---- frames in messages ---- */

/* Whether `from`'s frame f_id could go to `to`: 0 or an ERR_. */
static int frame_check_msg(int f_id, const struct proc *from, const struct proc *to, struct frame_rec **out)
{
	struct frame_rec *f = frame_find(f_id);

	*out = f;
	if (!f || f->owner != from)
		return ERR_FRAME;
	return give_check(f, to);
}

/* Hands over the frame in `from`'s message, if there is one.  0; an ERR_; or CALL_AGAIN: what the current call is to
 * answer, since the frame must leave tables first. */
static int frame_pass(struct thread *from, struct proc *to)
{
	int f_id = (int)from->r[R_FRAME], err;
	struct frame_rec *f;

	if (!f_id)
		return 0;
	if (work_busy())
		return call_help(0, 0, 0, 0, 0, 0);
	err = frame_check_msg(f_id, from->proc, to, &f);
	if (err)
		return err;
	if (f->kind == FRAME_RECORDS)
		return ERR_KIND; /* credits move a page at a time: by frame_give */
	if (give_unclean(f, to))
		return give_clean(f, to, from == current() ? NULL : from);
	frame_move(f, to);
	return 0;
}

/* ---- sending ---- */

/* Whom the current thread may send to.  0 or an ERR_. */
static int send_check(struct thread *t, struct proc **out)
{
	int f_id = (int)t->r[R_FRAME], err;
	unsigned rights;
	struct proc *to;
	struct frame_rec *f;

	if (f_id && work_busy()) /* which may be about that frame */
		return call_help(0, 0, 0, 0, 0, 0);
	if (f_id && (!(f = frame_find(f_id)) || f->owner != t->proc))
		return ERR_FRAME;
	to = *out = proc_named((int)t->r[0]);
	if (!to)
		return ERR_PROC;
	rights = allowed(to, t->proc);
	if (!(rights & ALLOW_SEND) || (f_id && !(rights & ALLOW_GIVE)))
		return ERR_RIGHT;
	if (f_id) {
		err = frame_check_msg(f_id, t->proc, to, &f);
		if (err)
			return err;
		if (f->kind == FRAME_RECORDS)
			return ERR_KIND;
	}
	if ((int32_t)t->r[R_TAG] >= MSG_RESERVED)
		return ERR_RANGE;
	return proc_live(to) ? 0 : ERR_DEAD;
}

void port_queue(struct proc *p, struct thread *t)
{
	struct thread *r;

	t->peer = p; /* so does who died */
	if (list_empty(&p->receivers)) {
		list_add(&p->senders, &t->queue);
		p->info.messages++;
		return;
	}
	/* Only the kernel's own messages come here while somebody waits: a fault or a death. */
	r = container_of(p->receivers.next, struct thread, queue);
	thread_unqueue(r);
	if (t->flags & TF_DIED) {
		t->flags &= (uint8_t)~TF_DIED;
		msg_kernel(r, t->id, MSG_DIED, (uint32_t)t->proc->info.status);
	} else {
		fault_fill(r, t);
		t->state = T_REPLY;
		list_add(&p->callers, &t->queue);
	}
	thread_ready(r);
}

/* The current thread waits to be received. */
static int send_wait(struct thread *t, struct proc *to, int64_t timeout)
{
	if (timeout == 0)
		return ERR_TIMEOUT;
	t->peer = to;
	to->info.messages++;
	lend_begin(t);
	return thread_wait(T_SEND, &to->senders, timeout);
}

int msg_call_general(void)
{
	struct thread *t = current(), *r;
	struct proc *to;
	int64_t timeout = msg_timeout(t);
	int err = send_check(t, &to);

	if (err)
		return err;
	t->flags &= (uint8_t)~TF_ONEWAY;
	msg_number(cpu_here(), t);
	if (list_empty(&to->receivers))
		return send_wait(t, to, timeout);
	if (timeout == 0)
		return ERR_TIMEOUT; /* no answer can be there yet */
	err = frame_pass(t, to);
	if (err)
		return err;
	r = container_of(to->receivers.next, struct thread, queue);
	list_del(&r->queue);
	timer_cancel(&r->timer);
	msg_copy(r, t, t->call);
	t->state = T_REPLY;
	t->peer = to;
	list_add(&to->callers, &t->queue);
	if (timeout > 0)
		timer_arm(&t->timer, time_deadline(timeout), thread_level(t));
	lend_begin(t);
	return sched_switch(r);
}

int call_msg_send(void)
{
	struct thread *t = current(), *r;
	struct proc *to;
	int err = send_check(t, &to);

	if (err)
		return err;
	t->flags |= TF_ONEWAY;
	if (list_empty(&to->receivers))
		return send_wait(t, to, msg_timeout(t));
	err = frame_pass(t, to);
	if (err)
		return err;
	r = container_of(to->receivers.next, struct thread, queue);
	thread_unqueue(r);
	msg_copy(r, t, 0);
	thread_ready(r);
	return 0;
}

/* ---- receiving ---- */

/* The first in the port's queue is received by the current thread.  0: done; 1: it was nothing, look again; or what the
 * handler returns. */
static int recv_first(struct thread *r)
{
	struct proc *p = r->proc;
	struct thread *s = container_of(p->senders.next, struct thread, queue);
	int err;

	if (s->flags & TF_DIED) {
		died_take(s->proc);
		msg_kernel(r, s->id, MSG_DIED, (uint32_t)s->proc->info.status);
		return 0;
	}
	if (s->flags & TF_FAULT) {
		fault_fill(r, s);
	} else {
		err = frame_pass(s, p);
		if (err == CALL_AGAIN)
			return err;
		if (err) { /* it has lost the frame, or put it to use, since it sent */
			thread_wake(s, err);
			return 1;
		}
		msg_copy(r, s, s->flags & TF_ONEWAY ? 0 : s->call);
	}
	list_del(&s->queue);
	p->info.messages--;
	if (s->flags & TF_ONEWAY) {
		s->flags &= (uint8_t)~TF_ONEWAY;
		s->state = T_PARKED; /* in no queue now */
		lend_end(s);
		timer_cancel(&s->timer);
		s->r[0] = 0;
		thread_ready(s);
		return 0;
	}
	s->state = T_REPLY;
	list_add(&p->callers, &s->queue);
	return 0;
}

static int recv(struct thread *r, int64_t timeout)
{
	struct proc *p = r->proc;
	int err;

	if (p->notified) {
		msg_kernel(r, 0, MSG_NOTIFY, p->notified);
		p->notified = 0;
		return 0;
	}
	while (!list_empty(&p->senders)) {
		err = recv_first(r);
		if (err != 1)
			return err;
		if (call_preempt()) /* any number may be refused before one is received */
			return CALL_AGAIN;
	}
	if (timeout == 0)
		return ERR_TIMEOUT;
	return thread_wait(T_RECV, &p->receivers, timeout);
}

int call_msg_recv(void)
{
	struct thread *t = current();

	return recv(t, msg_timeout(t));
}

/* ---- answering ---- */

/* The thread that `from` answers, which waits for that in the call that it names, or NULL. */
static struct thread *reply_find(const struct thread *from)
{
	struct thread *t = thread_find((int)from->r[0]);
	uint32_t call = from->r[R_FOR];

	return t && t->state == T_REPLY && t->peer == from->proc && (!call || call == t->call) ? t : NULL;
}

/* Answers t, which is to be woken then: 0, or what the handler returns. */
static int reply_pass(struct thread *from, struct thread *t)
{
	int err = frame_pass(from, t->proc);

	if (err)
		return err;
	list_del(&t->queue);
	lend_end(t);
	timer_cancel(&t->timer);
	msg_copy(t, from, t->call);
	return 0;
}

int call_msg_reply(void)
{
	struct thread *me_ = current(), *t = reply_find(me_);
	int err;

	if (!t)
		return ERR_PROC;
	if (t->flags & TF_FAULT)
		return work_busy() ? call_help(0, 0, 0, 0, 0, 0) : fault_answer(t, (int)me_->r[R_TAG]);
	err = reply_pass(me_, t);
	if (err)
		return err;
	thread_ready(t);
	return 0;
}

int msg_reply_recv_general(void)
{
	struct thread *r = current(), *t;
	struct proc *p = r->proc;
	int err;

	if (r->r[0] == 0)
		return recv(r, msg_timeout(r));
	t = reply_find(r);
	if (!t)
		return ERR_PROC;
	if (t->flags & TF_FAULT) {
		if (work_busy())
			return call_help(0, 0, 0, 0, 0, 0);
		r->r[0] = 0; /* answered: should the call be done again, it only receives */
		err = fault_answer(t, (int)r->r[R_TAG]);
		if (err == CALL_AGAIN && work.caller == r)
			work.again = true;
		return err ? err : recv(r, msg_timeout(r));
	}
	err = reply_pass(r, t);
	if (err)
		return err;
	r->r[0] = 0;
	if (p->notified || !list_empty(&p->senders) || msg_timeout(r) == 0) {
		thread_ready(t);
		return recv(r, msg_timeout(r));
	}
	r->state = T_RECV;
	list_add(&p->receivers, &r->queue);
	if (msg_timeout(r) > 0)
		timer_arm(&r->timer, time_deadline(msg_timeout(r)), thread_level(r));
	return sched_switch(t);
}

/* ---- notifications ---- */

/* The thread that the bits wake, taken out of its queue, their message in its registers; NULL: nobody. */
static inline struct thread *notify_take(struct proc *p, uint32_t bits)
{
	struct thread *r;

	if (!bits)
		return NULL;
	p->notified |= bits;
	if (list_empty(&p->receivers))
		return NULL;
	r = container_of(p->receivers.next, struct thread, queue);
	list_del(&r->queue);
	if (r->timer.armed)
		timer_cancel(&r->timer);
	msg_kernel(r, 0, MSG_NOTIFY, p->notified);
	p->notified = 0;
	return r;
}

void proc_notify(struct proc *p, uint32_t bits)
{
	struct thread *r = notify_take(p, bits);

	if (r)
		thread_ready(r);
}

void proc_notify_now(struct proc *p, uint32_t bits)
{
	struct thread *r = notify_take(p, bits);

	if (r && !sched_wake_now(r))
		thread_ready(r);
}

int call_msg_notify(int pid, uint32_t bits)
{
	struct proc *p = proc_named(pid);

	if (!p)
		return ERR_PROC;
	if (!(allowed(p, me()) & ALLOW_SEND))
		return ERR_RIGHT;
	if (!proc_live(p))
		return ERR_DEAD;
	current()->r[0] = 0; /* whoever goes on */
	proc_notify_now(p, bits);
	return (int)current()->r[0];
}
