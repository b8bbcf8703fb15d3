/* SPDX-License-Identifier: ISC
 * The reference model's messages and notifications, and the choice among all calls. */
#include "ref.h"

/* A call's registers: r0 whom, r1 tag, r2 frame, r3 to r8 words, in an answer r9 which call, r10 and r11 the timeout. */
static int64_t timeout_of(const struct ref_thread *t)
{
	return (int64_t)((uint64_t)t->call[11] << 32 | t->call[10]);
}

void ref_number(struct ref_thread *t)
{
	uint32_t number = world_new_call(t->id);

	for (int i = 0; i < REF_THREADS; i++)
		if (ref.thread[i].used && ref.thread[i].number == number)
			world_differs("the number of a call, which another had", 0, number);
	if (!number)
		world_differs("the number of a call", 1, 0);
	t->number = number;
}

static void deliver(struct ref_thread *to, int from, int pid, uint32_t number, const uint32_t *regs)
{
	to->want[0] = 0;
	for (int i = 1; i < 9; i++)
		to->want[i] = regs[i];
	to->want[9] = (uint32_t)from;
	to->want[10] = (uint32_t)pid;
	to->want[11] = number;
	to->want_n = 12;
}

static void deliver_kernel(struct ref_thread *to, int from, uint32_t tag, uint32_t word)
{
	uint32_t regs[9] = {0, tag, 0, word};

	deliver(to, from, from, 0, regs);
}

static void deliver_fault(struct ref_thread *to, const struct ref_thread *t)
{
	uint32_t regs[9] = {0, MSG_FAULT, 0, t->fault_address, t->in_call ? ref_call_pc(t) : t->pc, t->fault_kind,
		t->proc->root ? (uint32_t)t->proc->root->id : 0, (uint32_t)t->fault_table, 0};

	deliver(to, t->id, t->proc->pid, t->number, regs);
}

static int frame_may_go(int f_id, const struct ref_proc *from, const struct ref_proc *to, struct ref_frame **out)
{
	struct ref_frame *f = ref_frame_find(f_id);
	int err;

	*out = f;
	if (!f || f->owner != from)
		return ERR_FRAME;
	err = ref_give_check(f, to);
	return !err && f->kind == FRAME_RECORDS ? ERR_KIND : err;
}

int ref_refusal(const struct ref_thread *t)
{
	struct ref_frame *f;
	int err = frame_may_go((int)t->call[2], t->proc, t->peer, &f);

	return err || ref_clean(f, t->peer) ? err : ERR_BUSY;
}

static int frame_pass(const struct ref_thread *from, struct ref_proc *to)
{
	struct ref_frame *f;
	int err;

	if (!from->call[2])
		return 0;
	err = frame_may_go((int)from->call[2], from->proc, to, &f);
	if (err)
		return err;
	if (!ref_clean(f, to))
		return ERR_BUSY;
	ref_frame_move(f, to);
	return 0;
}

static int send_check(struct ref_proc **out)
{
	const struct ref_thread *t = ref.now;
	int f_id = (int)t->call[2], err = 0;
	struct ref_frame *f;
	unsigned rights;

	*out = ref_named((int)t->call[0]);
	if (f_id && !ref_mine(f_id))
		return ERR_FRAME;
	if (!*out)
		return ERR_PROC;
	rights = ref_allowed(*out, t->proc);
	if (!(rights & ALLOW_SEND) || (f_id && !(rights & ALLOW_GIVE)))
		return ERR_RIGHT;
	if (f_id)
		err = frame_may_go(f_id, t->proc, *out, &f);
	if (err)
		return err;
	if ((int)t->call[1] >= MSG_RESERVED)
		return ERR_RANGE;
	return ref_live(*out) ? 0 : ERR_DEAD;
}

static int send(bool oneway)
{
	struct ref_thread *t = ref.now, *r;
	int64_t timeout = timeout_of(t);
	struct ref_proc *to;
	int err = send_check(&to);

	if (err)
		return err;
	t->oneway = oneway;
	if (!oneway)
		ref_number(t);
	r = ref_first_in(REF_RECV, to);
	if (timeout == 0 && (!r || !oneway))
		return ERR_TIMEOUT;
	if (!r) {
		ref_wait(REF_SEND, to, timeout);
		to->messages++;
		return REF_BLOCK;
	}
	err = frame_pass(t, to);
	if (err)
		return err;
	ref_wake(r, 0);
	deliver(r, t->id, t->proc->pid, oneway ? 0 : t->number, t->call);
	if (oneway)
		return 0;
	ref_wait(REF_REPLY, to, timeout);
	return REF_BLOCK;
}

/* The child whose end waits longest in p's port. */
static struct ref_proc *died_first(const struct ref_proc *p)
{
	struct ref_proc *first = NULL;

	for (int i = 0; i < REF_PROCS; i++) {
		struct ref_proc *c = &ref.proc[i];

		if (c->used && c->parent == p && c->died && (!first || c->died_turn < first->died_turn))
			first = c;
	}
	return first;
}

/* What the running thread finds in its port: true: something. */
static bool recv_queued(struct ref_thread *r)
{
	struct ref_proc *p = r->proc;
	struct ref_thread *s;
	struct ref_proc *dead;
	int err;

	while ((s = ref_first_in(REF_SEND, p)) || died_first(p)) {
		dead = died_first(p);
		if (dead && (!s || dead->died_turn < s->turn)) {
			deliver_kernel(r, dead->pid, MSG_DIED, (uint32_t)dead->status);
			p->messages--;
			dead->died = false;
			return true;
		}
		if (s->fault) {
			deliver_fault(r, s);
		} else {
			err = frame_pass(s, p);
			if (err) {
				ref_wake(s, err);
				continue;
			}
			deliver(r, s->id, s->proc->pid, s->oneway ? 0 : s->number, s->call);
		}
		if (s->oneway) {
			s->oneway = false;
			ref_wake(s, 0);
		} else {
			p->messages--;
			s->state = REF_REPLY;
			s->turn = ++ref.turns;
		}
		return true;
	}
	return false;
}

void ref_port_poke(struct ref_proc *p)
{
	struct ref_thread *r = ref_first_in(REF_RECV, p);

	if (!r)
		return;
	ref_wake(r, 0);
	recv_queued(r);
}

static int recv(void)
{
	struct ref_thread *r = ref.now;
	struct ref_proc *p = r->proc;

	if (p->notified) {
		deliver_kernel(r, 0, MSG_NOTIFY, p->notified);
		p->notified = 0;
		return 0;
	}
	if (recv_queued(r))
		return 0;
	if (timeout_of(r) == 0)
		return ERR_TIMEOUT;
	ref_wait(REF_RECV, p, timeout_of(r));
	return REF_BLOCK;
}

/* Who goes on to receive shows in its registers that it has answered. */
static void answered(struct ref_thread *me, bool then_recv)
{
	me->call[0] = 0;
	if (then_recv)
		me->own.r[0] = 0;
}

static int reply(bool then_recv)
{
	struct ref_thread *me = ref.now, *t;
	int err;

	if (then_recv && me->call[0] == 0)
		return recv();
	t = ref_thread_find((int)me->call[0]);
	if (!t || t->state != REF_REPLY || t->peer != me->proc || (me->call[9] && me->call[9] != t->number))
		return ERR_PROC;
	if (t->fault) {
		answered(me, then_recv); /* if it is to be made again, it only receives */
		err = ref_fault_answer(t, (int)me->call[1]);
		return err || !then_recv ? err : recv();
	}
	err = frame_pass(me, t->proc);
	if (err)
		return err;
	ref_wake(t, 0);
	deliver(t, me->id, me->proc->pid, t->number, me->call);
	answered(me, then_recv);
	return then_recv ? recv() : 0;
}

void ref_reply_end(struct ref_thread *me)
{
	struct ref_thread *was = ref.now, *t = ref_thread_find((int)me->call[0]);

	if (!t || t->state != REF_REPLY || !t->fault || t->peer != me->proc)
		return;
	ref.now = me;
	reply(false);
	ref.now = was;
}

void ref_reply_half(struct ref_thread *me)
{
	struct ref_thread *was = ref.now, *t = ref_thread_find((int)me->call[0]);

	if (!t || (t->fault && me->call[1] && !t->in_call && t->proc->threads == 1))
		return; /* it ends that thread's process, as one operation */
	ref.now = me;
	reply(false);
	ref.now = was;
}

void ref_notify(struct ref_proc *p, uint32_t bits)
{
	struct ref_thread *r;

	if (!bits)
		return;
	p->notified |= bits;
	r = ref_first_in(REF_RECV, p);
	if (!r)
		return;
	ref_wake(r, 0);
	deliver_kernel(r, 0, MSG_NOTIFY, p->notified);
	p->notified = 0;
}

static int notify(int pid, uint32_t bits)
{
	struct ref_proc *p = ref_named(pid);

	if (!p)
		return ERR_PROC;
	if (!(ref_allowed(p, ref_me()) & ALLOW_SEND))
		return ERR_RIGHT;
	if (!ref_live(p))
		return ERR_DEAD;
	ref_notify(p, bits);
	return 0;
}

/* ---- all calls ---- */

int ref_call_msg(int number, const uint32_t *a)
{
	switch (number) {
	case CALL_msg_call:
		return send(false);
	case CALL_msg_send:
		return send(true);
	case CALL_msg_recv:
		return recv();
	case CALL_msg_reply:
		return reply(false);
	case CALL_msg_reply_recv:
		return reply(true);
	case CALL_msg_notify:
		return notify((int)a[0], a[1]);
	case CALL_irq_allow:
		return ref_irq_allow((int)a[0], (int)a[1]);
	case CALL_irq_bind:
		return ref_irq_bind((int)a[0], (int)a[1]);
	case CALL_irq_ack:
		return ref_irq_ack((int)a[0]);
	default:
		return ref_alarm((int64_t)((uint64_t)a[1] << 32 | a[0]), (int)a[2]);
	}
}

static int dispatch(int number, const uint32_t *a)
{
	switch (number) {
	case CALL_null:
		return 0;
	case CALL_frame_split:
	case CALL_frame_merge:
	case CALL_frame_give:
	case CALL_frame_donate:
	case CALL_frame_table:
	case CALL_frame_cache:
		return ref_call_frame(number, a);
	case CALL_frame_map:
	case CALL_frame_unmap:
	case CALL_frame_protect:
	case CALL_frame_batch:
	case CALL_vspace_swap:
		return ref_call_map(number, a);
	case CALL_frame_count:
	case CALL_frame_next:
	case CALL_frame_info:
	case CALL_frame_maps:
	case CALL_vspace_root:
	case CALL_vspace_next:
	case CALL_vspace_resolve:
	case CALL_thread_next:
		return ref_call_look(number, a);
	case CALL_time_now:
		ref.now->want[1] = (uint32_t)(ref.time >> 32);
		ref.now->want_n = 2;
		return (int)(uint32_t)ref.time;
	default:
		if (number == CALL_frame_allow || (number >= CALL_proc_new && number <= CALL_proc_pager))
			return ref_call_proc(number, a);
		return number >= CALL_msg_call ? ref_call_msg(number, a) : ref_call_thread(number, a);
	}
}

int ref_call(int number)
{
	struct ref_thread *t = ref.now;
	uint32_t a[6];
	int result;

	for (int i = 0; i < 6; i++)
		a[i] = t->call[i];
	t->redo = false;
	t->want_n = 0;
	result = dispatch(number, a);
	if (result == REF_BLOCK && t->state != REF_RUNNABLE)
		return result;
	if (result != REF_BLOCK) {
		t->want[0] = (uint32_t)result;
		if (t->want_n == 0)
			t->want_n = 1;
	}
	return result;
}
