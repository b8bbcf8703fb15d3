/* SPDX-License-Identifier: ISC
 * Taking mappings out of tables, and changing their rights.  Owns no object; map.c ends the records.  Keeps rule 6
 * (tlb_settle before a call returns), rule 2 (either side of an existing mapping may be named) and rule 9 (in pieces). */
#include "kern.h"

#define SHORT_SLOTS 256 /* of one mapping without holes: no more are changed at once */

/** The ids of an unmap or protect, resolved. */
struct target {
	struct frame_rec *t, *f; /* f NULL: whatever lies there */
	bool hidden;             /* nothing but an existing mapping lets the caller name both: rule 2 */
};

static int target_find(struct target *g, int t_id, int f_id)
{
	g->t = frame_find(t_id);
	g->f = f_id ? frame_find(f_id) : NULL;
	if (!g->t || (f_id && !g->f))
		return ERR_FRAME;
	if (g->t->owner != me() && (!g->f || g->f->owner != me()))
		return ERR_FRAME;
	g->hidden = (g->f && g->f->owner != me()) || !(g->t->owner == me() || table_mappable(g->t));
	return 0;
}

/* What is refused to somebody who could not name an id must not tell that it exists. */
static int target_error(const struct target *g, int err)
{
	return g->hidden ? ERR_FRAME : err;
}

/* Checks at and len against the table, and resolves len 0; *i and *n get the slots. */
static int target_range(const struct target *g, uint32_t at, uint32_t len, unsigned *i, unsigned *n)
{
	struct frame_rec *t = g->t;
	unsigned shift;
	uint32_t span;

	if (t->kind != FRAME_L1 && t->kind != FRAME_L2)
		return ERR_KIND;
	shift = table_shift(t);
	span = t->kind == FRAME_L1 ? USER_END : L2_SPAN;
	if ((at | len) & ((1u << shift) - 1))
		return ERR_ALIGN;
	if (at >= span || len > span - at)
		return ERR_RANGE;
	*i = at >> shift;
	*n = len >> shift;
	if (len == 0) {
		uint32_t s = table_shadow(t)[*i];
		const struct map_rec *m = map_of(s);

		if (!s || (g->f && m->frame != g->f))
			return ERR_NOMAP;
		*n = ((m->at + m->len) >> shift) - *i;
	}
	return 0;
}

/* The mapping of an L2 (f, or any if f is NULL) that slot i belongs to. */
static const struct map_rec *table_at(const struct frame_rec *t, const struct frame_rec *f, unsigned i)
{
	uint32_t s = table_shadow(t)[i];
	const struct map_rec *m = map_of(s);

	return s && (m->flags & F_MAP_TABLE) && (!f || m->frame == f) ? m : NULL;
}

int unmap_check_edges(const struct frame_rec *t, const struct frame_rec *f, unsigned i, unsigned n)
{
	const struct map_rec *first, *last;

	if (t->kind != FRAME_L1)
		return 0;
	first = table_at(t, f, i);
	last = table_at(t, f, i + n - 1);
	if (first && first->at != i * SECTION_SIZE)
		return ERR_ALIGN;
	return last && last->at + L2_SPAN != (i + n) * SECTION_SIZE ? ERR_ALIGN : 0;
}

/* ---- unmap ---- */

bool unmap_pieces(struct work *w)
{
	const uint32_t *shadow = table_shadow(w->table);

	while (w->value < w->count && work_goes(w)) {
		const uint32_t *slot = shadow + w->value;
		uint32_t s = *slot;
		struct map_rec *m = map_of(s);
		unsigned n = 1, most = w->budget - RUN_SLOTS;

		if (most > w->count - w->value)
			most = w->count - w->value;
		while (n < most && slot[n] == s)
			n++;
		if (s && (!w->frame || m->frame == w->frame)) {
			/* An L2 leaves whole; the edges were checked. */
			if (m->flags & F_MAP_TABLE)
				n = L2_SPAN / SECTION_SIZE;
			map_drop(m, w->value, n);
			w->phase = 1;
			work_spend(w, RUN_SLOTS);
		}
		w->value += n;
		work_spend(w, n);
	}
	tlb_settle();
	return w->value >= w->count;
}

static bool unmap_step(struct work *w)
{
	if (!unmap_pieces(w))
		return false;
	w->result = w->phase ? 0 : w->error;
	return true;
}

static bool revoke_step(struct work *w)
{
	struct frame_rec *f = w->frame;

	while (!list_empty(&f->maps) && work_goes(w))
		work_end_map(w, container_of(f->maps.next, struct map_rec, by_frame));
	tlb_settle();
	return list_empty(&f->maps);
}

static int revoke(int f_id)
{
	struct frame_rec *f = frame_mine(f_id);

	if (!f)
		return ERR_FRAME;
	work.frame = f;
	return work_begin(revoke_step);
}

int unmap_general(int t_id, int f_id, uintptr_t at, size_t len)
{
	struct target g;
	struct map_rec *m;
	unsigned i, n;
	int err;

	lent_settle();
	if (t_id == 0)
		return revoke(f_id);
	err = target_find(&g, t_id, f_id);
	if (err)
		return err;
	err = target_range(&g, at, len, &i, &n);
	if (!err)
		err = unmap_check_edges(g.t, g.f, i, n);
	if (err)
		return target_error(&g, err);
	m = map_of(table_shadow(g.t)[i]);
	/* The usual case: a part of one mapping without holes. */
	if (table_shadow(g.t)[i] && (!g.f || m->frame == g.f) && n <= SHORT_SLOTS && map_whole(m, i, n)) {
		map_drop(m, i, n);
		tlb_settle();
		return 0;
	}
	work.table = g.t;
	work.frame = g.f;
	work.value = i;
	work.count = i + n;
	work.error = target_error(&g, ERR_NOMAP);
	return work_begin(unmap_step);
}

/* ---- protect ---- */

/* `who` changes the rights: the frame's owner up to what the mapping was made with, others only downwards. */
static int protect_check_slot(const struct map_rec *m, unsigned i, unsigned rights, const struct proc *who)
{
	const struct frame_rec *t = m->table;

	if (m->flags & F_MAP_TABLE)
		return ERR_KIND;
	if (rights & ~m->flags)
		return ERR_RIGHT;
	if (m->frame->owner == who)
		return 0;
	return rights & ~mmu_rights(phys_va(t->pa), t->kind, i) ? ERR_RIGHT : 0;
}

static void protect_slots(struct map_rec *m, unsigned i, unsigned n, unsigned rights)
{
	struct frame_rec *t = m->table, *l1;
	unsigned shift = table_shift(t);
	pa_t pa = frame_pa(m->frame, m->offset + (i << shift) - m->at);
	va_t base;

	if (!rights)
		mmu_clear(phys_va(t->pa), i, n);
	else if (t->kind == FRAME_L2)
		mmu_set_pages(phys_va(t->pa), i, n, pa, rights, map_type(m->frame, m->flags));
	else
		mmu_set_sections(phys_va(t->pa), i, n, pa, rights, map_type(m->frame, m->flags));
	l1 = table_l1(t, &base);
	if (l1)
		tlb_note(l1, base + (i << shift), n, 1u << shift);
}

#define CHECK_SLOTS 8 /* the price of one slot's check */

/* Phase 0 checks every slot, phase 1 changes them. */
static bool protect_step(struct work *w)
{
	const uint32_t *shadow = table_shadow(w->table);
	unsigned n;

	for (; w->value < w->count && work_goes(w); w->value += n) {
		struct map_rec *m = map_of(shadow[w->value]);
		int err;

		n = 1;
		work_spend(w, 2);
		if (!shadow[w->value] || (w->frame && m->frame != w->frame))
			continue;
		if (w->phase == 1) {
			while (w->value + n < w->count && n < w->budget && shadow[w->value + n] == shadow[w->value])
				n++;
			protect_slots(m, w->value, n, w->map.flags);
			work_spend(w, RUN_SLOTS + n);
			continue;
		}
		work_spend(w, CHECK_SLOTS);
		err = protect_check_slot(m, w->value, w->map.flags, w->proc);
		if (err) {
			w->result = err;
			return true;
		}
		w->error = 0;
	}
	tlb_settle();
	if (w->value < w->count)
		return false;
	w->result = w->error;
	if (w->phase == 1 || w->error)
		return true;
	w->phase = 1;
	w->value = w->map.at;
	return false;
}

int protect_general(int t_id, int f_id, uintptr_t at, size_t len, int rights)
{
	struct target g;
	struct map_rec *m;
	unsigned i, n;
	int err = target_find(&g, t_id, f_id);

	lent_settle();
	if (err)
		return err;
	err = target_range(&g, at, len, &i, &n);
	if (!err && ((rights & ~F_MAP_RIGHTS) || (rights && !(rights & F_MAP_READ))))
		err = ERR_FLAGS;
	if (err)
		return target_error(&g, err);
	m = map_of(table_shadow(g.t)[i]);
	if (table_shadow(g.t)[i] && (!g.f || m->frame == g.f) && n <= SHORT_SLOTS && map_whole(m, i, n) &&
		(m->frame->owner == me() || n == 1)) {
		err = protect_check_slot(m, i, (unsigned)rights, me());
		if (err)
			return err;
		protect_slots(m, i, n, (unsigned)rights);
		tlb_settle();
		return 0;
	}
	work.table = g.t;
	work.frame = g.f;
	work.proc = me();
	work.value = work.map.at = i;
	work.count = i + n;
	work.map.flags = (unsigned)rights;
	work.error = target_error(&g, ERR_NOMAP);
	return work_begin(protect_step);
}
