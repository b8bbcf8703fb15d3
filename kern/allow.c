/* SPDX-License-Identifier: ISC
 * Who may do what to whom: grants, watches, and kinship, which needs none.  Owns grant records.  Keeps rule 2: proc_named
 * and proc_mine are the places that decide whom a process can name. */
#include "kern.h"

#define ALLOW_ALL (ALLOW_GIVE | ALLOW_MAP | ALLOW_SEND)

/* Rule 10: pids cannot be chosen so that they all fall into one bucket, since nobody knows the factor. */
static struct grant_rec **grant_bucket(struct proc *grantor, const struct proc *grantee)
{
	static uint32_t factor;

	if (!factor)
		factor = (uint32_t)timer_now() * 0x9e3779b1u | 1; /* 2^32 over the golden ratio spreads what is alike */
	return &grantor->grants[(uint32_t)grantee->info.pid * factor >> (32 - GRANT_BITS)];
}

static struct grant_rec *grant_find(struct proc *grantor, const struct proc *grantee, bool watch)
{
	struct grant_rec *g;

	if (!grantor->grants_n)
		return NULL;
	for (g = *grant_bucket(grantor, grantee); g; g = g->next)
		if (g->grantee == grantee && g->watch == watch)
			return g;
	return NULL;
}

unsigned allowed(const struct proc *to, const struct proc *from)
{
	unsigned pager = to->pager == from ? ALLOW_MAP : 0, rights;
	const struct grant_rec *g;

	if (to == from)
		return ALLOW_ALL;
	if (to->parent == from) {
		if (!(to->to_parent & RIGHTS_SET))
			return ALLOW_ALL;
		rights = to->to_parent & ALLOW_ALL;
	} else if (from->parent == to) {
		if (!(from->from_parent & RIGHTS_SET))
			return ALLOW_SEND | to->anyone | pager;
		rights = from->from_parent & ALLOW_ALL;
	} else {
		g = grant_find((struct proc *)(uintptr_t)to, from, false);
		rights = g ? g->rights : 0;
	}
	return (rights ? rights : to->anyone) | pager;
}

struct proc *proc_named(int pid)
{
	struct proc *p;

	if (pid == 0)
		return me();
	p = proc_find(pid);
	if (!p)
		return NULL;
	return p == me()->parent || p->parent == me() || allowed(p, me()) ? p : NULL;
}

struct proc *proc_mine(int pid)
{
	struct proc *p = pid ? proc_find(pid) : me();

	return p && (p == me() || p->parent == me()) ? p : NULL;
}

void grant_free(struct grant_rec *g)
{
	*g->slot = g->next;
	if (g->next)
		g->next->slot = g->slot;
	list_del(&g->by_grantee);
	g->grantor->grants_n--;
	record_free(g->grantor, g);
}

static void withdraw(struct proc *grantor, const struct proc *grantee)
{
	struct grant_rec *g = grant_find(grantor, grantee, false);

	if (g)
		grant_free(g);
}

void grants_withdraw(struct proc *a, struct proc *b)
{
	withdraw(a, b);
	withdraw(b, a);
}

static struct grant_rec *grant_new(struct proc *grantor, struct proc *grantee, bool watch)
{
	struct grant_rec *g = record_take(grantor);

	g->grantor = grantor;
	g->grantee = grantee;
	g->watch = watch;
	g->slot = grant_bucket(grantor, grantee);
	g->next = *g->slot;
	if (g->next)
		g->next->slot = &g->next;
	*g->slot = g;
	list_add(watch ? &grantee->watchers : &grantee->granted, &g->by_grantee);
	grantor->grants_n++;
	return g;
}

/* What somebody who is neither parent nor child may do. */
static int allow_stranger(struct proc *p, unsigned rights)
{
	struct grant_rec *g = grant_find(me(), p, false);

	if (!rights) {
		if (g)
			grant_free(g);
		return 0;
	}
	if (!g) {
		if (me()->info.credits < 1)
			return ERR_RECORDS;
		g = grant_new(me(), p, false);
	}
	g->rights = rights;
	return 0;
}

int call_frame_allow(int pid, int rights)
{
	struct proc *p = pid ? proc_find(pid) : NULL;

	if (pid && !p)
		return ERR_PROC;
	if (rights & ~ALLOW_ALL)
		return ERR_FLAGS;
	if (!p)
		me()->anyone = (uint8_t)rights;
	else if (!proc_live(p))
		return ERR_DEAD;
	else if (p == me()->parent)
		me()->to_parent = (uint8_t)((unsigned)rights | RIGHTS_SET);
	else if (p->parent == me())
		p->from_parent = (uint8_t)((unsigned)rights | RIGHTS_SET);
	else if (p != me())
		return allow_stranger(p, (unsigned)rights);
	return 0;
}

int call_proc_watch(int pid, int bit)
{
	struct proc *p = proc_named(pid);
	struct grant_rec *g;

	if (!p || p == me())
		return ERR_PROC;
	if (bit < -1 || bit > 31)
		return ERR_RANGE;
	if (!proc_live(p))
		return ERR_DEAD;
	g = grant_find(me(), p, true);
	if (bit == -1) {
		if (g)
			grant_free(g);
		return 0;
	}
	if (!g) {
		if (me()->info.credits < 1)
			return ERR_RECORDS;
		g = grant_new(me(), p, true);
	}
	g->rights = (uint32_t)bit;
	return 0;
}
