/* SPDX-License-Identifier: ISC
 * The reference model's ends of processes, and what becomes of what is left. */
#include "ref.h"

void ref_adopt(struct ref_proc *p, struct ref_proc *parent)
{
	struct ref_grant *g;

	if (p->died)
		p->parent->messages--;
	ref_frame_move(p->first->frame, parent);
	p->parent = parent;
	p->to_parent = p->from_parent = -1;
	g = ref_grant_find(p, parent, false);
	if (g)
		ref_grant_end(g);
	g = ref_grant_find(parent, p, false);
	if (g)
		ref_grant_end(g);
	if (p->died) {
		parent->messages++;
		p->died_turn = ++ref.turns;
		ref_port_poke(parent);
	}
}

/* Its children are the grandparent's, but not all that was shown of them may stay. */
static void end_children(struct ref_proc *p)
{
	for (int i = 0; i < REF_PROCS; i++) {
		struct ref_proc *c = &ref.proc[i];

		if (!c->used || c->parent != p)
			continue;
		ref_adopt(c, p->parent);
		for (int k = 0; k < ref.maps_n; k++)
			if (ref.map[k].used && ref.map[k].frame == c->first->frame && !ref_map_allowed(&ref.map[k]))
				ref_map_remove(&ref.map[k]);
	}
}

/* Whoever waits for it to receive or to answer, one after the other: ports are FIFO, those that faults come to next, too. */
static void end_peers(struct ref_proc *p)
{
	struct ref_thread *t;

	while ((t = ref_first_in(REF_SEND, p)) || (t = ref_first_in(REF_REPLY, p)))
		if (t->fault)
			ref_fault_send(t, false);
		else
			ref_wake(t, ERR_DEAD);
}

static void end_grants(struct ref_proc *p)
{
	for (int i = 0; i < REF_GRANTS; i++) {
		struct ref_grant *g = &ref.grant[i];

		if (!g->used || (g->from != p && g->to != p))
			continue;
		ref_grant_end(g);
		if (g->watch && g->to == p)
			ref_notify(g->from, 1u << g->rights);
	}
}

void ref_proc_end(struct ref_proc *p, int status)
{
	if (!p->parent) {
		ref.over = true;
		return;
	}
	p->state = PROC_ENDED;
	p->status = status;
	for (int i = 0; i < REF_THREADS; i++) {
		struct ref_thread *t = &ref.thread[i];

		if (!t->used || t->proc != p)
			continue;
		if (t->state == REF_SEND)
			t->peer->messages--;
		t->state = REF_INACTIVE;
		t->deadline = REF_NEVER;
		t->fault = t->in_call = t->oneway = t->permit = t->redo = false;
		t->batch_done = t->batch_state = 0;
	}
	for (int i = 0; i < REF_PROCS; i++)
		if (ref.proc[i].used && ref.proc[i].pager == p)
			ref.proc[i].pager = NULL;
	end_children(p);
	end_peers(p);
	end_grants(p);
	for (int i = 0; i < REF_ALARMS; i++)
		p->alarm[i] = REF_NEVER;
	for (int i = 0; i < REF_LINES; i++)
		if (ref.line[i].owner == p)
			ref.line[i] = (struct ref_line){0};
	p->pager = NULL;
	for (int i = 0; i < REF_THREADS; i++)
		if (ref.thread[i].used && ref.thread[i].state == REF_WAIT && ref.thread[i].peer == p)
			ref_again(&ref.thread[i]);
	p->died = true;
	p->died_turn = ++ref.turns;
	p->parent->messages++;
	ref_port_poke(p->parent);
}

static void died_take(struct ref_proc *p)
{
	if (p->died)
		p->parent->messages--;
	p->died = false;
}

int ref_proc_wait(int pid, int64_t timeout, uint32_t status)
{
	struct ref_proc *p = ref_child(pid);

	if (!p || p == ref_me())
		return ERR_PROC;
	if (!ref_live(p)) {
		if (status && !ref_user(status, 4, F_MAP_WRITE))
			return REF_BLOCK;
		if (status && (int)*ref_user_word(status) != p->status)
			world_differs("proc_wait: the status", p->status, (int)*ref_user_word(status));
		died_take(p);
		return 0;
	}
	if (status && (!ref_user(status, 4, F_MAP_READ) || !ref_user(status, 4, F_MAP_WRITE)))
		return REF_BLOCK;
	if (timeout == 0)
		return ERR_TIMEOUT;
	ref_wait(REF_WAIT, p, timeout);
	return REF_BLOCK;
}

static void reap_threads(struct ref_proc *p)
{
	for (int i = 0; i < REF_THREADS; i++) {
		struct ref_thread *t = &ref.thread[i];

		if (!t->used || t->proc != p)
			continue;
		t->used = false;
		t->frame->kind = FRAME_MEM;
		t->frame->thread = NULL;
		world_zero(t->frame->pa, t->frame->len);
	}
}

int ref_reap(int pid)
{
	struct ref_proc *p = ref_child(pid), *me = ref_me();

	if (!p || p == me)
		return ERR_PROC;
	if (ref_live(p))
		return ERR_BUSY;
	for (int i = 0; i < ref.frames_n; i++) {
		ref.frame[i].moved = ref.frame[i].used && ref.frame[i].owner == p;
		if (ref.frame[i].moved)
			ref_frame_move(&ref.frame[i], me);
	}
	for (int i = 0; i < ref.maps_n; i++) {
		struct ref_map *m = &ref.map[i];

		if (m->used && (m->frame->moved || m->table->moved) && !ref_map_allowed(m))
			ref_map_remove(m);
	}
	me->credits += p->credits;
	for (int i = 0; i < ref.maps_n; i++)
		if (ref.map[i].used && ref.map[i].frame == p->first->frame)
			ref_map_remove(&ref.map[i]);
	died_take(p);
	if (p->root)
		p->root->root_of = NULL;
	reap_threads(p);
	p->used = false;
	return 0;
}
