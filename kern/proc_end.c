/* SPDX-License-Identifier: ISC
 * The end of processes: what they wait for and what waits for them, their children, and the handing over of what
 * they owned.  Both are long operations: first the dead are cut off from the living (`end`), later the parent takes
 * over (`reap`).  Keeps rules 5, 7 and 11: nothing of the dead is lost, and nothing is left to be read. */
#include "kern.h"

#define ALARM_SLOTS 64 /* the price of an alarm's end */

/* A thread that waited for p: a message's sender, or a fault for which there is now another handler. */
static void end_waiting(struct thread *t)
{
	if (t->flags & TF_FAULT) {
		thread_unqueue(t);
		fault_resend(t);
	} else {
		thread_wake(t, ERR_DEAD);
	}
}

static void end_watcher(struct grant_rec *g)
{
	proc_notify(g->grantor, 1u << g->rights);
	grant_free(g);
}

static void end_client(struct proc *client)
{
	list_del(&client->client);
	client->pager = NULL;
	client->info.pager = 0;
}

/* A child passes to p's parent; the mappings of its information page are looked at next. */
static void end_child(struct work *w, struct proc *child)
{
	proc_adopt(child, w->proc->parent);
	w->frame = child->first.frame;
	w->maps = w->frame->maps.next;
}

/* Rule 5 for one of them. */
static void end_child_map(struct work *w)
{
	struct map_rec *m = container_of(w->maps, struct map_rec, by_frame);

	if (w->maps == &w->frame->maps) {
		w->maps = NULL;
		return;
	}
	w->maps = w->maps->next;
	if (!map_allowed(m))
		work_end_map(w, m);
}

/* One thing that ties w->proc to others; false: nothing is left. */
static bool end_item(struct work *w)
{
	struct proc *p = w->proc;

	if (!list_empty(&p->clients)) {
		end_client(container_of(p->clients.next, struct proc, client));
	} else if (w->maps) {
		end_child_map(w);
	} else if (!list_empty(&p->children)) {
		end_child(w, container_of(p->children.next, struct proc, sibling));
	} else if (!list_empty(&p->senders)) {
		end_waiting(container_of(p->senders.next, struct thread, queue));
	} else if (!list_empty(&p->callers)) {
		end_waiting(container_of(p->callers.next, struct thread, queue));
	} else if (!list_empty(&p->watchers)) {
		end_watcher(container_of(p->watchers.next, struct grant_rec, by_grantee));
	} else if (!list_empty(&p->granted)) {
		grant_free(container_of(p->granted.next, struct grant_rec, by_grantee));
	} else {
		return false;
	}
	return true;
}

/* A few of p's own grants and watches; w->value is the bucket. */
static bool end_grants(struct work *w)
{
	struct proc *p = w->proc;

	while (p->grants_n && work_goes(w)) {
		work_spend(w, 2);
		if (!p->grants[w->value]) {
			w->value++;
			continue;
		}
		grant_free(p->grants[w->value]);
		work_spend(w, ITEM_SLOTS);
	}
	return p->grants_n == 0;
}

/* A few of those who wait for its end: their calls are made again, and answered at once. */
static bool end_waiters(struct work *w)
{
	struct proc *p = w->proc;

	for (; !list_empty(&p->waiters) && work_goes(w); work_spend(w, ITEM_SLOTS))
		thread_wake(container_of(p->waiters.next, struct thread, queue), CALL_AGAIN);
	return list_empty(&p->waiters);
}

/* A few of its alarms; w->count is the next. */
static bool end_alarms(struct work *w)
{
	for (; w->count < ALARMS && work_goes(w); w->count++) {
		work_spend(w, w->proc->alarms[w->count].armed ? ALARM_SLOTS : 1);
		timer_cancel(&w->proc->alarms[w->count]);
	}
	return w->count == ALARMS;
}

/* A few of its lines. */
static bool end_lines(struct work *w)
{
	for (; work_goes(w); work_spend(w, ITEM_SLOTS))
		if (!irq_release(w->proc))
			return true;
	return false;
}

/* The last of it: the parent is told. */
static void end_tell(struct proc *p)
{
	struct proc *parent = p->parent;

	if (p->pager) {
		list_del(&p->client);
		p->pager = NULL;
		p->info.pager = 0;
	}
	p->first.flags |= TF_DIED;
	port_queue(parent, &p->first);
}

enum { END_THREADS, END_TIES, END_GRANTS };

static bool end_step(struct work *w)
{
	struct proc *p = w->proc;

	for (; work_goes(w); work_spend(w, ITEM_SLOTS)) {
		if (w->phase == END_THREADS) {
			if (w->cursor == &p->threads) {
				w->phase = END_TIES;
				continue;
			}
			struct thread *t = container_of(w->cursor, struct thread, sibling);

			w->cursor = w->cursor->next;
			thread_halt(t);
		} else if (w->phase == END_TIES) {
			if (!end_item(w))
				w->phase = END_GRANTS;
		} else {
			break;
		}
	}
	tlb_sync();
	if (w->ending || w->phase != END_GRANTS)
		return false;
	if (!end_grants(w) || !end_waiters(w) || !end_alarms(w) || !end_lines(w))
		return false;
	end_tell(p);
	return true;
}

int proc_end_begin(struct proc *p, int status)
{
	int result;

	if (!p->parent)
		machine_end(status);
	proc_state(p, PROC_ENDED);
	p->info.status = status;
	work.proc = p;
	work.cursor = p->threads.next;
	work.frozen[0] = p; /* none of its threads runs on while others have ended */
	result = work_begin(end_step);
	return result;
}

int call_proc_end(int pid, int status)
{
	struct proc *p = proc_mine(pid);

	if (!p)
		return ERR_PROC;
	if (!proc_live(p))
		return ERR_DEAD;
	return proc_end_begin(p, status);
}

int call_proc_exit(int status)
{
	return proc_end_begin(me(), status);
}

/* ---- wait and reap ---- */

void died_take(struct proc *p)
{
	if (!(p->first.flags & TF_DIED))
		return;
	list_del(&p->first.queue);
	p->first.flags &= (uint8_t)~TF_DIED;
	p->parent->info.messages--;
}

int call_proc_wait(int pid, uint32_t pad, uint32_t low, uint32_t high, int *status)
{
	struct proc *p = proc_mine(pid);
	int64_t timeout = (int64_t)((uint64_t)high << 32 | low);
	int result = 0;

	(void)pad;
	if (!p || p == me())
		return ERR_PROC;
	if (!proc_live(p)) {
		if (status && !copy_out((va_t)(uintptr_t)status, &p->info.status, sizeof *status, &result))
			return result;
		died_take(p);
		return 0;
	}
	/* The pointer first: a wait that could not be answered is refused before it begins. */
	if (status && (!copy_in(&result, (va_t)(uintptr_t)status, sizeof *status, &result) ||
			      !copy_out((va_t)(uintptr_t)status, &result, sizeof *status, &result)))
		return result;
	if (timeout == 0)
		return ERR_TIMEOUT;
	current()->peer = p;
	return thread_wait(T_WAIT, &p->waiters, timeout);
}

enum { REAP_MOVE, REAP_SETTLE, REAP_RECORDS, REAP_INFO, REAP_THREADS };

/* Rule 5 for the frames that came from the dead, from w->cursor on: first a frame's own mappings (w->maps), then, if it is
 * a table, those inside it (w->inner).  One mapping, or one frame, at a time; false: no more. */
static bool reap_settle(struct work *w)
{
	struct frame_rec *f;
	struct map_rec *m;

	if (!w->cursor || w->cursor == &w->proc2->frames)
		return false;
	f = container_of(w->cursor, struct frame_rec, owned);
	if (!w->maps) {
		w->maps = f->maps.next;
		w->inner = f->kind == FRAME_L1 || f->kind == FRAME_L2 ? f->inside.next : NULL;
	}
	if (w->maps != &f->maps) {
		m = container_of(w->maps, struct map_rec, by_frame);
		w->maps = w->maps->next;
	} else if (w->inner && w->inner != &f->inside) {
		m = container_of(w->inner, struct map_rec, by_table);
		w->inner = w->inner->next;
	} else {
		w->cursor = w->cursor->next;
		w->maps = NULL;
		return true;
	}
	if (!map_allowed(m)) {
		if (w->inner == &m->by_table)
			w->inner = w->inner->next;
		work_end_map(w, m);
	}
	return true;
}

/* A mapping that a record moves with keeps its credit; only the free ones change hands here. */
static bool reap_records(struct proc *p, struct proc *to)
{
	for (unsigned n = 0; n < 64 && !list_empty(&p->records); n++)
		record_hand(container_of(p->records.next, struct record, free), to);
	return list_empty(&p->records);
}

static void reap_finish(struct work *w)
{
	struct proc *p = w->proc;
	struct frame_rec *f = p->first.frame;

	died_take(p);
	if (p->root)
		p->root->root_of = NULL;
	list_del(&p->sibling);
	vfp_drop(cpu_here(), &p->first);
	f->kind = FRAME_MEM;
	f->tid = 0;
	mem_clear(phys_va(f->pa), PROC_SIZE);
}

static bool reap_step(struct work *w)
{
	struct proc *p = w->proc, *to = w->proc2;

	switch (w->phase) {
	case REAP_MOVE:
		for (unsigned n = 0; n < 48 && !list_empty(&p->frames); n++) {
			struct frame_rec *f = container_of(p->frames.next, struct frame_rec, owned);

			if (!w->cursor)
				w->cursor = &f->owned;
			frame_move(f, to);
		}
		w->phase += list_empty(&p->frames);
		break;
	case REAP_SETTLE:
		for (; work_goes(w); work_spend(w, MAP_SLOTS))
			if (!reap_settle(w)) {
				w->phase++;
				break;
			}
		tlb_sync();
		break;
	case REAP_RECORDS:
		w->phase += reap_records(p, to);
		break;
	case REAP_INFO: /* mappings of its information page, wherever they are */
		while (!list_empty(&p->first.frame->maps) && work_goes(w))
			work_end_map(w, container_of(p->first.frame->maps.next, struct map_rec, by_frame));
		tlb_sync();
		w->phase += list_empty(&p->first.frame->maps);
		break;
	case REAP_THREADS:
		if (p->threads.next == p->threads.prev) {
			reap_finish(w);
			return true;
		}
		thread_dissolve(container_of(p->threads.prev, struct thread, sibling));
		break;
	}
	return false;
}

int call_proc_reap(int pid)
{
	struct proc *p = proc_mine(pid);

	if (!p || p == me())
		return ERR_PROC;
	if (proc_live(p))
		return ERR_BUSY;
	work.proc = p;
	work.proc2 = me();
	return work_begin(reap_step);
}
