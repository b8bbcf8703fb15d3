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
#define LOOK_STEP 256

static bool look_again(unsigned i)
{
	if (i % LOOK_STEP != LOOK_STEP - 1 || !call_preempt())
		return false;
	current()->progress = i;
	return true;
}

/* Where the walk begins: at slot i, or where it was interrupted. */
static unsigned look_from(unsigned i)
{
	unsigned progress = current()->progress;

	current()->progress = 0;
	return progress > i ? progress : i;
}

/* The mapping of f that stands at `at` in table t_id: its first slots may have become holes.  0, ERR_NOMAP, CALL_AGAIN. */
static int mapping_find(const struct frame_rec *f, int t_id, uint32_t at, const struct map_rec **out)
{
	const struct frame_rec *t = frame_find(t_id);
	unsigned i;

	if (!t || (t->kind != FRAME_L1 && t->kind != FRAME_L2))
		return ERR_NOMAP;
	for (i = look_from(at >> table_shift(t)); i < table_slots(t); i++) {
		uint32_t s = table_shadow(t)[i];
		const struct map_rec *m = map_of(s);

		*out = m;
		if (s && m->frame == f && m->at == at)
			return 0;
		if (look_again(i))
			return CALL_AGAIN;
	}
	return ERR_NOMAP;
}

int call_frame_maps(int f_id, struct mapping *inout)
{
	const struct frame_rec *f = frame_seen(f_id);
	const struct map_rec *m = NULL;
	const struct link *l;
	struct mapping map;
	int result = 1;

	if (!f)
		return ERR_FRAME;
	if (!copy_in(&map, (va_t)(uintptr_t)inout, sizeof map, &result))
		return result;
	l = &f->maps;
	if (map.t_id || map.f_id) {
		result = map.f_id == f_id ? mapping_find(f, map.t_id, map.at, &m) : ERR_NOMAP;
		if (result)
			return result;
		result = 1;
		l = &m->by_frame;
	}
	if (l->next == &f->maps)
		return 0;
	mapping_fill(&map, container_of(l->next, struct map_rec, by_frame));
	copy_out((va_t)(uintptr_t)inout, &map, sizeof map, &result);
	return result;
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
