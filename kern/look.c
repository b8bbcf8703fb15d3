/* SPDX-License-Identifier: ISC
 * Looking: what frames, mappings and address spaces there are.  Changes nothing.  Keeps rule 2: shown are the
 * caller's own frames, its children's, and tables of those who let it map. */
#include "kern.h"

/* Mine or a child's. */
static struct frame_rec *frame_seen(int f_id)
{
	struct frame_rec *f = frame_find(f_id);

	return f && f->owner && (f->owner == me() || f->owner->parent == me()) ? f : NULL;
}

static struct frame_rec *table_seen(int t_id)
{
	struct frame_rec *t = frame_find(t_id);

	return t && t->owner && (t->owner == me() || t->owner->parent == me() || table_mappable(t)) ? t : NULL;
}

int call_frame_count(int pid)
{
	struct proc *p = proc_mine(pid);

	return p ? p->info.frames : ERR_PROC;
}

int call_frame_next(int pid, int f_id)
{
	struct proc *p = proc_mine(pid);
	struct frame_rec *f;
	struct link *l;

	if (!p)
		return ERR_PROC;
	l = &p->frames;
	if (f_id) {
		f = frame_find(f_id);
		if (!f || f->owner != p)
			return ERR_FRAME;
		l = &f->owned;
	}
	return l->next == &p->frames ? 0 : container_of(l->next, struct frame_rec, owned)->id;
}

int call_frame_info(int f_id, struct frame *out)
{
	const struct frame_rec *f = frame_seen(f_id);
	struct frame info;
	int result = 0;

	if (!f)
		return ERR_FRAME;
	info = (struct frame){f->id, f->kind, (int)f->maps_n, f->pa, f->len};
	copy_out((va_t)(uintptr_t)out, &info, sizeof info, &result);
	return result;
}

static void mapping_fill(struct mapping *out, const struct map_rec *m)
{
	*out = (struct mapping){m->table->id, m->frame->id, (int)m->flags, m->at, m->offset,
		m->flags & F_MAP_TABLE ? (size_t)L2_SIZE : m->len, frame_pa(m->frame, m->offset)};
}

/* A walk along slots has come to i: every so often an interrupt may go first, and the call begins again from there. */
#define LOOK_STEP 128
#define LOOK_MAPS 64

static bool look_again(unsigned i)
{
	if (i % LOOK_STEP != LOOK_STEP - 1 || !call_preempt())
		return false;
	current()->progress = i + 1;
	return true;
}

/* Where the walk begins: at slot i, or where it was interrupted. */
static unsigned look_from(unsigned i)
{
	unsigned progress = current()->progress;

	current()->progress = 0;
	return progress > i ? progress : i;
}

/* ---- the mappings of a frame ---- */

static const struct map_rec *map_at(const struct link *l)
{
	return container_of(l, struct map_rec, by_frame);
}

static struct look_place place_of(const struct map_rec *m)
{
	return (struct look_place){m->table->id, m->at, m->len, m->stamp};
}

static const struct frame_rec *place_table(const struct look_place *place)
{
	const struct frame_rec *t = frame_find(place->t_id);

	return t && (t->kind == FRAME_L1 || t->kind == FRAME_L2) ? t : NULL;
}

/* The mapping of f that was made at place->at, if slot i of its table is its own; stamp 0: any of them. */
static const struct map_rec *mapping_in(
	const struct frame_rec *f, const struct frame_rec *t, unsigned i, const struct look_place *place)
{
	uint32_t s = i < table_slots(t) ? table_shadow(t)[i] : 0;
	const struct map_rec *m = map_of(s);

	/* By its id: while f's record moves, some of its mappings still name the old one. */
	if (!s || m->frame->id != f->id || m->at != place->at)
		return NULL;
	return place->stamp && m->stamp != place->stamp ? NULL : m;
}

/* The same, wherever in its place (len 0: up to the table's end): its first slots may have become holes.  0, ERR_NOMAP, CALL_AGAIN. */
static int mapping_find(const struct frame_rec *f, const struct look_place *place, const struct map_rec **out)
{
	const struct frame_rec *t = place_table(place);
	unsigned i, end;

	if (!t)
		return ERR_NOMAP;
	end = place->len ? (place->at + place->len) >> table_shift(t) : table_slots(t);
	for (i = look_from(place->at >> table_shift(t)); i < end; i++) {
		*out = mapping_in(f, t, i, place);
		if (*out)
			return 0;
		if (look_again(i))
			return CALL_AGAIN;
	}
	return ERR_NOMAP;
}

static bool same_mapping(const struct mapping *a, const struct mapping *b)
{
	return a->f_id == b->f_id && a->t_id == b->t_id && a->at == b->at && a->offset == b->offset &&
	       a->len == b->len && a->flags == b->flags;
}

/* The walk that this was shown in last; NULL: it has been forgotten, or never was. */
static struct look *look_find(const struct mapping *shown)
{
	struct thread *t = current();

	for (unsigned i = 0; i < LOOKS; i++)
		if (same_mapping(&t->look[i].shown, shown))
			return &t->look[i];
	return NULL;
}

static struct look *look_new(void)
{
	struct thread *t = current();

	return &t->look[t->looks++ % LOOKS];
}

/* What of that walk is known still to be in the list, and is followed by all that is to be shown.  0, CALL_AGAIN. */
static int look_anchor(const struct frame_rec *f, const struct look *look, const struct link **out)
{
	const struct frame_rec *t = place_table(&look->next);
	const struct map_rec *m;
	int err = mapping_find(f, &look->from, &m);

	*out = &f->maps;
	if (err == CALL_AGAIN)
		return err;
	if (err == 0) {
		*out = &m->by_frame;
		return 0;
	}
	m = t ? mapping_in(f, t, look->next.at >> table_shift(t), &look->next) : NULL;
	if (m)
		*out = m->by_frame.prev;
	return 0;
}

/* What follows in that walk.  New mappings come last, so the list is in the order of stamps, and this takes one step, unless both what
 * was shown and what followed it have ended since.  0, CALL_AGAIN. */
static int look_after(const struct frame_rec *f, struct look *look, const struct link **out)
{
	const struct link *l;

	if (look_anchor(f, look, &l))
		return CALL_AGAIN;
	for (unsigned n = 1; l->next != &f->maps && map_at(l->next)->stamp <= look->stamp; n++) {
		l = l->next;
		look->from = place_of(map_at(l));
		if (n % LOOK_MAPS == 0 && call_preempt())
			return CALL_AGAIN;
	}
	*out = l->next;
	return 0;
}

/* The one after *shown; the caller's walk, if there is one to go on with, in *look. */
static int maps_after(
	const struct frame_rec *f, const struct mapping *shown, struct look **look, const struct link **out)
{
	const struct look_place place = {shown->t_id, shown->at, 0, 0};
	const struct map_rec *m;
	int err;

	*out = f->maps.next;
	if (!shown->t_id && !shown->f_id)
		return 0;
	if (shown->f_id != f->id)
		return ERR_NOMAP;
	*look = look_find(shown);
	if (*look)
		return list_empty(&f->maps) ? ERR_NOMAP : look_after(f, *look, out);
	err = mapping_find(f, &place, &m);
	if (!err)
		*out = m->by_frame.next;
	return err;
}

int call_frame_maps(int f_id, struct mapping *inout)
{
	const struct frame_rec *f = frame_seen(f_id);
	const struct map_rec *m;
	const struct link *l;
	struct look *look = NULL;
	struct mapping map;
	int result = 1;

	if (!f)
		return ERR_FRAME;
	if (!copy_in(&map, (va_t)(uintptr_t)inout, sizeof map, &result))
		return result;
	result = maps_after(f, &map, &look, &l);
	if (result)
		return result;
	if (l == &f->maps)
		return 0;
	m = map_at(l);
	mapping_fill(&map, m);
	result = 1;
	if (!copy_out((va_t)(uintptr_t)inout, &map, sizeof map, &result))
		return result;
	if (!look)
		look = look_new();
	*look = (struct look){map, m->stamp, place_of(m), {0}};
	if (l->next != &f->maps)
		look->next = place_of(map_at(l->next));
	return 1;
}

/* The table to look at, or an ERR_. */
static int look_check(const struct frame_rec *t, uint32_t va)
{
	if (!t)
		return ERR_FRAME;
	if (t->kind != FRAME_L1 && t->kind != FRAME_L2)
		return ERR_KIND;
	return va >= (t->kind == FRAME_L1 ? USER_END : L2_SPAN) ? ERR_RANGE : 0;
}

int call_vspace_next(int t_id, uintptr_t va, struct mapping *out)
{
	const struct frame_rec *t = table_seen(t_id);
	int result = look_check(t, va);
	struct mapping map;
	unsigned i;

	if (result)
		return result;
	for (i = look_from(va >> table_shift(t)); i < table_slots(t) && !table_shadow(t)[i]; i++)
		if (look_again(i))
			return CALL_AGAIN;
	if (i == table_slots(t))
		return 0;
	mapping_fill(&map, map_of(table_shadow(t)[i]));
	result = 1;
	copy_out((va_t)(uintptr_t)out, &map, sizeof map, &result);
	return result;
}

int call_vspace_resolve(int t_id, uintptr_t va, struct mapping *out)
{
	const struct frame_rec *t = table_seen(t_id);
	int result = look_check(t, va);
	const struct map_rec *m;
	struct mapping map;
	uint32_t s, low;
	unsigned i;

	if (result)
		return result;
	for (low = va;; t = m->frame) {
		i = low >> table_shift(t);
		s = table_shadow(t)[i];
		m = map_of(s);
		if (!s)
			return ERR_NOMAP;
		if (!(m->flags & F_MAP_TABLE))
			break;
		low -= m->at;
	}
	low = i << table_shift(t);
	map.t_id = t->id;
	map.f_id = m->frame->id;
	map.flags = (int)((m->flags & ~(unsigned)F_MAP_RIGHTS) | mmu_rights(phys_va(t->pa), t->kind, i));
	map.at = low;
	map.offset = m->offset + low - m->at;
	map.len = 1u << table_shift(t);
	map.pa = frame_pa(m->frame, map.offset);
	copy_out((va_t)(uintptr_t)out, &map, sizeof map, &result);
	return result;
}
