/* SPDX-License-Identifier: ISC
 * Who may do what to whom: grants, watches, and kinship, which needs none.  Owns grant records.  Keeps rule 2: proc_named
 * and proc_mine are the places that decide whom a process can name. */
#include "kern.h"

#define ALLOW_ALL (ALLOW_GIVE | ALLOW_MAP | ALLOW_SEND)

/* Rule 10: pids cannot be chosen so that their keys begin alike, since nobody knows the factor; and no two keys are the same,
 * since it is odd: so a tree is never deeper than a key has bits for. */
static uint32_t grant_key(const struct proc *grantee, bool watch)
{
	static uint32_t factor;

	if (!factor)
		factor = (uint32_t)timer_now() * 0x9e3779b1u | 1; /* 2^32 over the golden ratio spreads what is alike */
	return ((uint32_t)grantee->info.pid << 1 | watch) * factor;
}

/* Where the grant stands in the tree, or, NULL, is to stand: below records whose keys begin with the same bits. */
static struct grant_rec **grant_slot(struct proc *grantor, const struct proc *grantee, bool watch)
{
	uint32_t key = grant_key(grantee, watch);
	struct grant_rec **at = &grantor->grants[key >> (32 - GRANT_BITS)];

	key <<= GRANT_BITS;
	for (; *at && ((*at)->grantee != grantee || (*at)->watch != watch); key <<= GRANT_STEP)
		at = &(*at)->below[key >> (32 - GRANT_STEP)];
	return at;
}

static struct grant_rec *grant_find(struct proc *grantor, const struct proc *grantee, bool watch)
{
	return grantor->grants_n ? *grant_slot(grantor, grantee, watch) : NULL;
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
	return p->parent == me() || allowed(p, me()) ? p : NULL;
}

struct proc *proc_mine(int pid)
{
	struct proc *p = pid ? proc_find(pid) : me();

	return p && (p == me() || p->parent == me()) ? p : NULL;
}

/* g stands where something else did; what is below that is below g. */
static void grant_settle(struct grant_rec *g)
{
	*g->slot = g;
	for (unsigned i = 0; i < 1u << GRANT_STEP; i++)
		if (g->below[i])
			g->below[i]->slot = &g->below[i];
}

/* One below g, or itself, that nothing is below of. */
static struct grant_rec *grant_lowest(struct grant_rec *g)
{
	for (unsigned i = 0; i < 1u << GRANT_STEP; i++)
		if (g->below[i]) {
			g = g->below[i];
			i = ~0u;
		}
	return g;
}

void grant_moved(struct grant_rec *g, const struct grant_rec *from)
{
	list_moved(&g->by_grantee, &from->by_grantee);
	grant_settle(g);
}

/* Whatever stands below a record may stand in its place, too. */
void grant_free(struct grant_rec *g)
{
	struct grant_rec *low = grant_lowest(g);

	*low->slot = NULL;
	if (low != g) {
		low->slot = g->slot;
		for (unsigned i = 0; i < 1u << GRANT_STEP; i++)
			low->below[i] = g->below[i];
		grant_settle(low);
	}
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

	*g = (struct grant_rec){0, RECORD_GRANT, grantor, grantee, grant_slot(grantor, grantee, watch), .watch = watch};
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
	g->rights = (uint8_t)rights;
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
	g->rights = (uint8_t)bit;
	return 0;
}
