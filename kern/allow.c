/* SPDX-License-Identifier: ISC
 * Who may do what to whom: grants, watches, and kinship, which needs none.  Owns grant records.  Keeps rule 2: proc_named
 * and proc_mine are the places that decide whom a process can name. */
#include "kern.h"

#define ALLOW_ALL (ALLOW_GIVE | ALLOW_MAP | ALLOW_SEND)

static struct link *grant_bucket(struct proc *grantor, const struct proc *grantee)
{
	return &grantor->grants[(uint32_t)grantee->info.pid % GRANT_BUCKETS];
}

static struct grant_rec *grant_find(struct proc *grantor, const struct proc *grantee)
{
	struct link *head = grant_bucket(grantor, grantee);

	if (!grantor->grants_n)
		return NULL;
	for (struct link *l = head->next; l != head; l = l->next) {
		struct grant_rec *g = container_of(l, struct grant_rec, by_grantor);

		if (g->grantee == grantee)
			return g;
	}
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
		g = grant_find((struct proc *)(uintptr_t)to, from);
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
	list_del(&g->by_grantor);
	list_del(&g->by_grantee);
	record_free(g->grantor, g);
}

static void withdraw(struct proc *grantor, const struct proc *grantee)
{
	struct grant_rec *g = grant_find(grantor, grantee);

	if (!g)
		return;
	grantor->grants_n--;
	grant_free(g);
}

void grants_withdraw(struct proc *a, struct proc *b)
{
	withdraw(a, b);
	withdraw(b, a);
}

static struct grant_rec *grant_new(
	struct proc *grantor, struct proc *grantee, struct link *by_grantor, struct link *by_grantee)
{
	struct grant_rec *g = record_take(grantor);

	g->grantor = grantor;
	g->grantee = grantee;
	list_add(by_grantor, &g->by_grantor);
	list_add(by_grantee, &g->by_grantee);
	return g;
}

/* What somebody who is neither parent nor child may do. */
static int allow_stranger(struct proc *p, unsigned rights)
{
	struct grant_rec *g = grant_find(me(), p);

	if (g && !rights) {
		me()->grants_n--;
		grant_free(g);
		return 0;
	}
	if (!rights)
		return 0;
	if (!g) {
		if (me()->info.credits < 1)
			return ERR_RECORDS;
		g = grant_new(me(), p, grant_bucket(me(), p), &p->granted);
		me()->grants_n++;
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
	struct grant_rec *g = NULL;

	if (!p || p == me())
		return ERR_PROC;
	if (bit < -1 || bit > 31)
		return ERR_RANGE;
	if (!proc_live(p))
		return ERR_DEAD;
	for (struct link *l = p->watchers.next; l != &p->watchers && !g; l = l->next)
		if (container_of(l, struct grant_rec, by_grantee)->grantor == me())
			g = container_of(l, struct grant_rec, by_grantee);
	if (bit == -1) {
		if (g)
			grant_free(g);
		return 0;
	}
	if (!g) {
		if (me()->info.credits < 1)
			return ERR_RECORDS;
		g = grant_new(me(), p, &me()->watching, &p->watchers);
	}
	g->rights = (uint32_t)bit;
	return 0;
}
