/* SPDX-License-Identifier: ISC
 * The reference model's processes: who may do what to whom, how they begin, and what they are. */
#include "ref.h"

bool ref_live(const struct ref_proc *p)
{
	return p->state != PROC_ENDED;
}

struct ref_proc *ref_proc_find(int id)
{
	struct ref_thread *t = ref_thread_find(id);

	return t ? t->proc : NULL;
}

/* ---- rights ---- */

struct ref_grant *ref_grant_find(const struct ref_proc *from, const struct ref_proc *to, bool watch)
{
	for (int i = 0; i < REF_GRANTS; i++)
		if (ref.grant[i].used && ref.grant[i].from == from && ref.grant[i].to == to &&
			ref.grant[i].watch == watch)
			return &ref.grant[i];
	return NULL;
}

unsigned ref_allowed(const struct ref_proc *to, const struct ref_proc *from)
{
	unsigned all = ALLOW_GIVE | ALLOW_MAP | ALLOW_SEND, pager = to->pager == from ? ALLOW_MAP : 0, rights;
	const struct ref_grant *g;

	if (to == from)
		return all;
	if (to->parent == from) {
		if (to->to_parent < 0)
			return all;
		rights = (unsigned)to->to_parent;
	} else if (from->parent == to) {
		if (from->from_parent < 0)
			return ALLOW_SEND | to->anyone | pager;
		rights = (unsigned)from->from_parent;
	} else {
		g = ref_grant_find(to, from, false);
		rights = g ? g->rights : 0;
	}
	return (rights ? rights : to->anyone) | pager;
}

struct ref_proc *ref_named(int pid)
{
	struct ref_proc *p = pid ? ref_proc_find(pid) : ref_me();

	return p && (p == ref_me() || p->parent == ref_me() || ref_allowed(p, ref_me())) ? p : NULL;
}

struct ref_proc *ref_child(int pid)
{
	struct ref_proc *p = pid ? ref_proc_find(pid) : ref_me();

	return p && (p == ref_me() || p->parent == ref_me()) ? p : NULL;
}

static struct ref_grant *grant_new(struct ref_proc *to, bool watch)
{
	struct ref_grant *g = ref.grant;

	while (g->used)
		g++;
	*g = (struct ref_grant){true, watch, ref_me(), to, 0};
	ref.full |= g - ref.grant > REF_GRANTS - 4;
	ref_me()->credits--;
	return g;
}

void ref_grant_end(struct ref_grant *g)
{
	g->used = false;
	g->from->credits++;
}

static int allow(int pid, unsigned rights)
{
	struct ref_proc *p = pid ? ref_proc_find(pid) : NULL, *me = ref_me();
	struct ref_grant *g;

	if (pid && !p)
		return ERR_PROC;
	if (rights & ~(unsigned)(ALLOW_GIVE | ALLOW_MAP | ALLOW_SEND))
		return ERR_FLAGS;
	if (!p) {
		me->anyone = rights;
		return 0;
	}
	if (!ref_live(p))
		return ERR_DEAD;
	if (p == me->parent) {
		me->to_parent = (int)rights;
	} else if (p->parent == me) {
		p->from_parent = (int)rights;
	} else if (p != me) {
		g = ref_grant_find(me, p, false);
		if (!rights) {
			if (g)
				ref_grant_end(g);
			return 0;
		}
		if (!g && me->credits < 1)
			return ERR_RECORDS;
		if (!g)
			g = grant_new(p, false);
		g->rights = rights;
	}
	return 0;
}

static int watch(int pid, int bit)
{
	struct ref_proc *p = ref_named(pid);
	struct ref_grant *g;

	if (!p || p == ref_me())
		return ERR_PROC;
	if (bit < -1 || bit > 31)
		return ERR_RANGE;
	if (!ref_live(p))
		return ERR_DEAD;
	g = ref_grant_find(ref_me(), p, true);
	if (bit == -1) {
		if (g)
			ref_grant_end(g);
		return 0;
	}
	if (!g && ref_me()->credits < 1)
		return ERR_RECORDS;
	if (!g)
		g = grant_new(p, true);
	g->rights = (unsigned)bit;
	return 0;
}

/* ---- beginning ---- */

static int new_proc(int f_id)
{
	struct ref_frame *f;
	struct ref_proc *p = ref.proc;
	int err = ref_take(f_id, PROC_SIZE, &f);

	if (err)
		return err;
	while (p->used)
		p++;
	ref.full |= p - ref.proc > REF_PROCS - 3;
	*p = (struct ref_proc){.used = true,
		.state = PROC_STOPPED,
		.priority = ref_me()->priority,
		.parent = ref_me(),
		.to_parent = -1,
		.from_parent = -1};
	for (int i = 0; i < REF_ALARMS; i++)
		p->alarm[i] = REF_NEVER;
	f->kind = FRAME_PROC;
	p->first = ref.thread;
	while (p->first->used)
		p->first++;
	ref_thread_init(p->first, p, f);
	p->first->state = REF_INACTIVE;
	p->first->priority = ref.now->priority;
	p->pid = p->first->id;
	return p->pid;
}

static int start(int pid, const uint32_t *a)
{
	struct ref_proc *p = ref_child(pid);

	if (!p || p == ref_me())
		return ERR_PROC;
	if (a[1] >= USER_END)
		return ERR_RANGE;
	if (!ref_live(p))
		return ERR_DEAD;
	if (p->started)
		return ERR_BUSY;
	if (!p->root)
		return ERR_NOMAP;
	p->started = true;
	p->state = PROC_RUNNING;
	p->first->state = REF_RUNNABLE;
	ref_state_start(p->first, a[1], a[2]);
	p->first->want[0] = a[3];
	p->first->want_n = 1;
	return 0;
}

static int stop(int pid)
{
	struct ref_proc *p = ref_child(pid);

	if (!p || p == ref_me())
		return ERR_PROC;
	if (!ref_live(p))
		return ERR_DEAD;
	p->state = PROC_STOPPED;
	return 0;
}

static int resume(int pid)
{
	struct ref_proc *p = ref_child(pid);

	if (!p || p == ref_me())
		return ERR_PROC;
	if (!ref_live(p))
		return ERR_DEAD;
	if (!p->started || p->state != PROC_STOPPED)
		return ERR_BUSY;
	if (!p->root)
		return ERR_NOMAP;
	p->state = PROC_RUNNING;
	return 0;
}

/* p itself, its child, a child's child, … */
static bool is_below(const struct ref_proc *p, const struct ref_proc *top)
{
	while (p && p != top)
		p = p->parent;
	return p != NULL;
}

static int priority(int pid, int max)
{
	struct ref_proc *p = ref_child(pid);

	if (!p)
		return ERR_PROC;
	if (max > ref_me()->priority && max <= PRIORITY_MAX)
		return ERR_RIGHT;
	if (max < 0 || max > PRIORITY_MAX)
		return ERR_RANGE;
	p->priority = max;
	for (int i = 0; i < REF_PROCS; i++)
		if (ref.proc[i].used && is_below(&ref.proc[i], p) && ref.proc[i].priority > max)
			ref.proc[i].priority = max;
	for (int i = 0; i < REF_THREADS; i++)
		if (ref.thread[i].used && is_below(ref.thread[i].proc, p) && ref.thread[i].priority > max)
			ref.thread[i].priority = max;
	return 0;
}

static int pager(int pid, int by_id)
{
	struct ref_proc *p = ref_child(pid), *by = by_id ? ref_named(by_id) : NULL;

	if (!p || (by_id && !by))
		return ERR_PROC;
	if (by && !(ref_allowed(by, p) & ALLOW_SEND))
		return ERR_RIGHT;
	if (!ref_live(p) || (by && !ref_live(by)))
		return ERR_DEAD;
	p->pager = by;
	return 0;
}

/* What proc_info wrote. */
static int info(int pid, uint32_t out)
{
	const struct ref_proc *p = ref_named(pid);

	if (!p)
		return ERR_PROC;
	if (!ref_user(out, sizeof(struct proc_info), F_MAP_WRITE))
		return REF_BLOCK;
	const int want[] = {p->pid, p->parent ? p->parent->pid : 0, p->root ? p->root->id : 0, p->state, p->status,
		p->priority, p->pager ? p->pager->pid : 0, p->threads, p->frames, p->credits, (int)p->faults,
		p->messages, p->first->frame->id};

	for (unsigned i = 0; i < sizeof want / sizeof *want; i++)
		if ((int)*ref_user_word(out + i * 4) != want[i])
			world_differs("proc_info", want[i], (int)*ref_user_word(out + i * 4));
	return 0;
}

int ref_call_proc(int number, const uint32_t *a)
{
	switch (number) {
	case CALL_frame_allow:
		return allow((int)a[0], a[1]);
	case CALL_proc_new:
		return new_proc((int)a[0]);
	case CALL_proc_start:
		return start((int)a[0], a);
	case CALL_proc_stop:
		return stop((int)a[0]);
	case CALL_proc_resume:
		return resume((int)a[0]);
	case CALL_proc_end:
		if (!ref_child((int)a[0]))
			return ERR_PROC;
		if (!ref_live(ref_child((int)a[0])))
			return ERR_DEAD;
		ref_proc_end(ref_child((int)a[0]), (int)a[1]);
		return ref.now->state == REF_INACTIVE ? REF_BLOCK : 0;
	case CALL_proc_exit:
		ref_proc_end(ref_me(), (int)a[0]);
		return REF_BLOCK;
	case CALL_proc_info:
		return info((int)a[0], a[1]);
	case CALL_proc_priority:
		return priority((int)a[0], (int)a[1]);
	case CALL_proc_wait:
		return ref_proc_wait((int)a[0], (int64_t)((uint64_t)a[3] << 32 | a[2]), a[4]);
	case CALL_proc_reap:
		return ref_reap((int)a[0]);
	case CALL_proc_watch:
		return watch((int)a[0], (int)a[1]);
	default:
		return pager((int)a[0], (int)a[1]);
	}
}
