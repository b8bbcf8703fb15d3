/* SPDX-License-Identifier: ISC
 * The reference model's mappings: map, unmap, protect, and what an access finds. */
#include "ref.h"

struct ref_map *ref_map_new(
	struct ref_frame *t, struct ref_frame *f, uint32_t at, uint32_t offset, uint32_t len, unsigned flags)
{
	struct ref_map *m = ref.map;

	while (m->used)
		m++;
	*m = (struct ref_map){true, f, t, at, offset, len, flags, 0, m->serial + 1};
	if (m - ref.map >= ref.maps_n)
		ref.maps_n = (int)(m - ref.map) + 1;
	ref.full |= ref.maps_n > REF_MAPS - REF_SPARE;
	f->owner->credits--;
	if (flags & F_MAP_TABLE)
		f->stands = m;
	return m;
}

static void map_end(struct ref_map *m)
{
	m->used = false;
	m->frame->owner->credits++;
	if (m->flags & F_MAP_TABLE)
		m->frame->stands = NULL;
}

void ref_slot_clear(struct ref_frame *t, unsigned i)
{
	struct ref_map *m = t->slot[i].map;

	t->slot[i] = (struct ref_slot){NULL, 0};
	if (--m->live == 0)
		map_end(m);
}

void ref_map_remove(struct ref_map *m)
{
	unsigned shift = ref_shift(m->table), end = (m->at + m->len) >> shift;

	if (!m->live) {
		map_end(m);
		return;
	}
	for (unsigned i = m->at >> shift; i < end; i++)
		if (m->used && m->table->slot[i].map == m)
			ref_slot_clear(m->table, i);
}

bool ref_map_allowed(const struct ref_map *m)
{
	return ref_allowed(m->table->owner, m->frame->owner) & ALLOW_MAP;
}

/* A PROC frame shows its second page. */
uint32_t ref_shown(const struct ref_frame *f, uint32_t offset)
{
	return f->pa + offset + (f->kind == FRAME_PROC ? PAGE_SIZE : 0);
}

bool ref_access(const struct ref_proc *p, uint32_t va, unsigned right, uint32_t *pa)
{
	const struct ref_frame *t = p->root;
	const struct ref_slot *s;

	if (!t || va >= USER_END)
		return false;
	s = &t->slot[va / SECTION_SIZE];
	if (s->map && (s->map->flags & F_MAP_TABLE)) {
		va -= s->map->at;
		t = s->map->frame;
		s = &t->slot[va / PAGE_SIZE];
	}
	if (!s->map || !(s->rights & right))
		return false;
	*pa = ref_shown(s->map->frame, s->map->offset + va - s->map->at);
	return true;
}

/* ---- map ---- */

static bool one_form(unsigned flags)
{
	unsigned form = flags & F_MAP_FORM;

	return form == F_MAP_PAGE || form == F_MAP_SECTION || form == F_MAP_TABLE;
}

static int map_flags(unsigned flags)
{
	unsigned known = F_MAP_RIGHTS | F_MAP_FORM | F_MAP_UNCACHED | F_MAP_KEEP | F_MAP_REPLACE;

	if ((flags & ~known) || !one_form(flags))
		return ERR_FLAGS;
	if (flags & F_MAP_TABLE)
		return flags & (F_MAP_WRITE | F_MAP_EXEC | F_MAP_UNCACHED) ? ERR_FLAGS : 0;
	return flags & F_MAP_READ ? 0 : ERR_FLAGS;
}

static int map_rights(const struct ref_frame *t, const struct ref_frame *f, unsigned flags)
{
	if ((flags & F_MAP_REPLACE) && t->owner != ref_me())
		return ERR_RIGHT;
	if (f->kind == FRAME_MEM)
		return 0;
	if (f->kind == FRAME_DEV)
		return flags & F_MAP_EXEC ? ERR_RIGHT : 0;
	return flags & (F_MAP_WRITE | F_MAP_EXEC) ? ERR_RIGHT : 0;
}

static bool map_kinds(const struct ref_frame *t, const struct ref_frame *f, unsigned flags)
{
	if (flags & F_MAP_PAGE)
		return t->kind == FRAME_L2 && f->kind != FRAME_THREAD && f->kind != FRAME_RECORDS;
	if (flags & F_MAP_SECTION)
		return t->kind == FRAME_L1 && (f->kind == FRAME_MEM || f->kind == FRAME_DEV);
	return t->kind == FRAME_L1 && f->kind == FRAME_L2;
}

static int map_range(const struct ref_frame *t, const struct ref_frame *f, uint32_t at, uint32_t offset, uint32_t *len,
	unsigned flags)
{
	uint64_t span = t->kind == FRAME_L1 ? USER_END : L2_SPAN, visible = f->kind == FRAME_PROC ? PAGE_SIZE : f->len;
	uint32_t unit = flags & F_MAP_PAGE ? PAGE_SIZE : SECTION_SIZE;
	uint64_t all;

	if (flags & F_MAP_TABLE) {
		if (at % L2_SPAN || offset % PAGE_SIZE || *len % PAGE_SIZE)
			return ERR_ALIGN;
		if (at >= USER_END || offset || (*len && *len != L2_SIZE))
			return ERR_RANGE;
		*len = L2_SPAN;
		return 0;
	}
	if (at % unit || offset % unit || *len % unit || ((flags & F_MAP_SECTION) && f->pa % unit))
		return ERR_ALIGN;
	if (offset >= visible)
		return ERR_RANGE;
	all = *len ? *len : visible - offset;
	if (all % unit)
		return ERR_ALIGN;
	if (offset + all > visible || at + all > span)
		return ERR_RANGE;
	*len = (uint32_t)all;
	return 0;
}

/* Whether a table (f, or any if f is NULL) standing in [i, end) of t stands wholly in it. */
static bool edges_fit(const struct ref_frame *t, const struct ref_frame *f, unsigned i, unsigned end)
{
	const struct ref_map *first = t->slot[i].map, *last = t->slot[end - 1].map;

	if (first && (!f || first->frame == f) && (first->flags & F_MAP_TABLE) && first->at < i * SECTION_SIZE)
		return false;
	return !last || (f && last->frame != f) || !(last->flags & F_MAP_TABLE) ||
	       (uint64_t)last->at + L2_SPAN <= (uint64_t)end * SECTION_SIZE;
}

static bool range_free(const struct ref_frame *t, unsigned i, unsigned end)
{
	for (; i < end; i++)
		if (t->slot[i].map)
			return false;
	return true;
}

static int map(const uint32_t *a)
{
	struct ref_frame *t = ref_frame_find((int)a[0]), *f = ref_mine((int)a[1]);
	uint32_t at = a[2], offset = a[3], len = a[4];
	unsigned flags = a[5], i, end;
	struct ref_map *m;
	bool many;
	int err;

	if (!t || !f || !(ref_allowed(t->owner, ref_me()) & ALLOW_MAP))
		return ERR_FRAME;
	err = map_rights(t, f, flags);
	if (!err)
		err = map_flags(flags);
	if (!err && !map_kinds(t, f, flags))
		err = ERR_KIND;
	if (!err)
		err = map_range(t, f, at, offset, &len, flags);
	if (err)
		return err;
	i = at >> ref_shift(t);
	end = i + (len >> ref_shift(t));
	if ((flags & F_MAP_TABLE) && f->stands)
		return ERR_BUSY;
	many = end - i > 256; /* looked at last, in pieces */
	if (!(flags & F_MAP_REPLACE) && !many && !range_free(t, i, end))
		return ERR_EXISTS;
	if (f->owner->credits < 1)
		return ERR_RECORDS;
	if (f->kind != FRAME_DEV && (f->mixed || f->uncached != ((flags & F_MAP_UNCACHED) != 0))) {
		if (ref_maps_of(f, false) || f->kind != FRAME_MEM)
			return ERR_BUSY;
		f->uncached = (flags & F_MAP_UNCACHED) != 0;
		f->mixed = false;
	}
	if (!(flags & F_MAP_REPLACE) && many && !range_free(t, i, end))
		return ERR_EXISTS;
	if ((flags & F_MAP_REPLACE) && t->kind == FRAME_L1 && !edges_fit(t, NULL, i, end))
		return ERR_ALIGN;
	for (unsigned k = i; k < end; k++)
		if (t->slot[k].map)
			ref_slot_clear(t, k);
	m = ref_map_new(t, f, at, offset, len, flags & ~(unsigned)F_MAP_REPLACE);
	for (; i < end; i++, m->live++)
		t->slot[i] = (struct ref_slot){m, flags & F_MAP_TABLE ? 0 : flags & F_MAP_RIGHTS};
	return 0;
}

/* ---- unmap and protect ---- */

struct range {
	struct ref_frame *t, *f; /* f NULL: whatever lies there */
	unsigned i, end;
	bool hidden; /* the caller may not learn more than that its own side is not mapped there */
};

static int hide(const struct range *r, int err)
{
	return r->hidden ? ERR_FRAME : err;
}

static int range_bounds(struct range *r, uint32_t at, uint32_t len)
{
	uint64_t span = r->t->kind == FRAME_L1 ? USER_END : L2_SPAN;
	const struct ref_map *m;
	unsigned shift;

	if (r->t->kind != FRAME_L1 && r->t->kind != FRAME_L2)
		return ERR_KIND;
	shift = ref_shift(r->t);
	if (at % (1u << shift) || len % (1u << shift))
		return ERR_ALIGN;
	if (at >= span || (uint64_t)at + len > span)
		return ERR_RANGE;
	r->i = at >> shift;
	r->end = r->i + (len >> shift);
	if (len)
		return 0;
	m = r->t->slot[r->i].map;
	if (!m || (r->f && m->frame != r->f))
		return ERR_NOMAP;
	r->end = (m->at + m->len) >> shift;
	return 0;
}

/* The ids: 0 or ERR_FRAME. */
static int range_ids(struct range *r, int t_id, int f_id)
{
	const struct ref_proc *me = ref_me();

	r->t = ref_frame_find(t_id);
	r->f = f_id ? ref_frame_find(f_id) : NULL;
	if (!r->t || (f_id && !r->f) || (r->t->owner != me && (!r->f || r->f->owner != me)))
		return ERR_FRAME;
	r->hidden = (r->f && r->f->owner != me) || !(ref_allowed(r->t->owner, me) & ALLOW_MAP);
	return 0;
}

static bool range_has(const struct range *r, unsigned i)
{
	const struct ref_map *m = r->t->slot[i].map;

	return m && (!r->f || m->frame == r->f);
}

static int unmap(const uint32_t *a)
{
	struct range r;
	bool any = false;
	int err;

	if (a[0] == 0) {
		struct ref_frame *f = ref_mine((int)a[1]);

		if (!f)
			return ERR_FRAME;
		for (int i = 0; i < ref.maps_n; i++)
			if (ref.map[i].used && ref.map[i].frame == f)
				ref_map_remove(&ref.map[i]);
		return 0;
	}
	err = range_ids(&r, (int)a[0], (int)a[1]);
	if (err)
		return err;
	err = range_bounds(&r, a[2], a[3]);
	if (!err && r.t->kind == FRAME_L1 && !edges_fit(r.t, r.f, r.i, r.end))
		err = ERR_ALIGN;
	if (err)
		return hide(&r, err);
	for (unsigned i = r.i; i < r.end; i++)
		if (range_has(&r, i)) {
			ref_slot_clear(r.t, i);
			any = true;
		}
	return any ? 0 : hide(&r, ERR_NOMAP);
}

static int protect_may(const struct ref_slot *s, unsigned rights)
{
	if (s->map->flags & F_MAP_TABLE)
		return ERR_KIND;
	if (rights & ~s->map->flags)
		return ERR_RIGHT;
	return s->map->frame->owner != ref_me() && (rights & ~s->rights) ? ERR_RIGHT : 0;
}

static int protect(const uint32_t *a)
{
	unsigned rights = a[4];
	struct range r;
	bool any = false;
	int err = range_ids(&r, (int)a[0], (int)a[1]);

	if (err)
		return err;
	err = range_bounds(&r, a[2], a[3]);
	if (!err && ((rights & ~(unsigned)F_MAP_RIGHTS) || (rights && !(rights & F_MAP_READ))))
		err = ERR_FLAGS;
	if (err)
		return hide(&r, err);
	for (unsigned i = r.i; i < r.end; i++)
		if (range_has(&r, i)) {
			err = protect_may(&r.t->slot[i], rights);
			if (err)
				return err;
			any = true;
		}
	for (unsigned i = r.i; i < r.end; i++)
		if (range_has(&r, i))
			r.t->slot[i].rights = rights;
	return any ? 0 : hide(&r, ERR_NOMAP);
}

int ref_call_map(int number, const uint32_t *a)
{
	switch (number) {
	case CALL_frame_map:
		return map(a);
	case CALL_frame_unmap:
		return unmap(a);
	case CALL_frame_protect:
		return protect(a);
	case CALL_frame_batch:
		return ref_batch(a[0], a[1]);
	default:
		return ref_swap((int)a[0], (int)a[1]);
	}
}
