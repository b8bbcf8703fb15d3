/* SPDX-License-Identifier: ISC
 * Mappings: making them, and the ways in which they end.  Owns mapping records and the shadow halves of tables;
 * knows descriptors only through arch.h.  Keeps rules 3, 4 and 5, and notes for rule 6 what must leave the TLBs. */
#include "kern.h"
#include "map_rec.h"

struct frame_rec *table_l1(const struct frame_rec *t, va_t *base)
{
	const struct map_rec *m;

	*base = 0;
	if (t->kind == FRAME_L1)
		return (struct frame_rec *)(uintptr_t)t;
	m = t->stands;
	if (!m)
		return NULL;
	*base = m->at;
	return m->table;
}

uint32_t frame_visible(const struct frame_rec *f)
{
	return f->kind == FRAME_PROC ? PAGE_SIZE : f->len;
}

pa_t frame_pa(const struct frame_rec *f, uint32_t offset)
{
	return f->pa + offset + (f->kind == FRAME_PROC ? PROC_SIZE - PAGE_SIZE : 0);
}

enum mem_type map_type(const struct frame_rec *f, unsigned flags)
{
	if (f->kind == FRAME_DEV)
		return MEM_DEVICE;
	return flags & F_MAP_UNCACHED ? MEM_UNCACHED : MEM_CACHED;
}

bool map_allowed(const struct map_rec *m)
{
	return (allowed(m->table->owner, m->frame->owner) & ALLOW_MAP) != 0;
}

/* ---- ends ---- */

void map_drop(struct map_rec *m, unsigned i, unsigned n)
{
	struct frame_rec *t = m->table, *l1;
	va_t base;

	mmu_clear(phys_va(t->pa), i, n);
	shadow_fill(table_shadow(t) + i, n, 0);
	l1 = table_l1(t, &base);
	if (l1) {
		if (t->kind == FRAME_L2)
			tlb_note(l1, base + i * PAGE_SIZE, n, PAGE_SIZE);
		else if (m->flags & F_MAP_TABLE)
			tlb_note_all(l1);
		else
			tlb_note(l1, i * SECTION_SIZE, n,
				SECTION_SIZE); /* any address in a section will do: DDI 0406C B3.10.1 */
	}
	m->live -= n;
	if (m->live == 0)
		map_free(m);
}

bool map_drop_some(struct map_rec *m, unsigned *budget)
{
	unsigned shift = table_shift(m->table), first = m->at >> shift, end = first + (m->len >> shift);
	uint32_t *shadow = table_shadow(m->table), self = record_index(m);

	while (*budget > RUN_SLOTS) {
		unsigned n = 0, most = *budget - RUN_SLOTS;

		if (m->live == end - first) {
			n = m->live < most ? m->live : most;
		} else if (shadow[end - 1] != self) {
			end--;
			--*budget;
			continue;
		} else {
			while (n < most && end > first + n && shadow[end - 1 - n] == self)
				n++;
		}
		end -= n;
		*budget -= n + RUN_SLOTS;
		if (m->live == n) {
			map_drop(m, end, n);
			return true;
		}
		map_drop(m, end, n);
	}
	m->len = (end - first) << shift;
	return false;
}

struct map_rec *map_cut(struct map_rec *m, struct frame_rec *upper, uint32_t cut)
{
	uint32_t low = cut - m->offset;
	struct map_rec *u = record_take(upper->owner);

	u->frame = upper;
	u->table = m->table;
	u->at = m->at + low;
	u->offset = 0;
	u->len = m->len - low;
	u->live = 0;
	u->flags = m->flags;
	u->stamp = m->stamp;
	list_add(&upper->maps, &u->by_frame);
	list_add(&m->table->inside, &u->by_table);
	upper->maps_n++;
	upper->write_maps_n += (u->flags & F_MAP_WRITE) != 0;
	return u;
}

bool map_cut_some(struct map_rec *m, struct map_rec *u, uint32_t *i, unsigned *budget)
{
	unsigned end = (m->at + m->len) >> table_shift(m->table);
	uint32_t *shadow = table_shadow(m->table), self = record_index(m), index = record_index(u);

	for (; *i<end && * budget> RUN_SLOTS; ++*i, --*budget)
		if (shadow[*i] == self) {
			shadow[*i] = index;
			u->live++;
			m->live--;
		}
	if (*i < end)
		return false;
	m->len = u->at - m->at;
	if (u->live == 0)
		map_free(u);
	if (m->live == 0)
		map_free(m);
	return true;
}

/* ---- making ---- */

/* Fills n slots of it from the k-th on: shadow first, so that no descriptor is without a record. */
static void map_fill(struct map_rec *m, unsigned k, unsigned n)
{
	struct frame_rec *t = m->table, *f = m->frame;
	unsigned shift = table_shift(t), i = (m->at >> shift) + k, flags = m->flags;
	void *table = phys_va(t->pa);
	pa_t pa = frame_pa(f, m->offset + (k << shift));

	m->live += n;
	shadow_fill(table_shadow(t) + i, n, record_index(m));
	if (flags & F_MAP_PAGE) {
		mmu_set_pages(table, i, n, pa, flags & F_MAP_RIGHTS, map_type(f, flags));
	} else if (flags & F_MAP_SECTION) {
		mmu_set_sections(table, i, n, pa, flags & F_MAP_RIGHTS, map_type(f, flags));
	} else {
		f->stands = m;
		mmu_set_table(table, i, pa);
	}
}

void map_commit(struct frame_rec *t, struct frame_rec *f, uint32_t at, uint32_t offset, uint32_t len, unsigned flags)
{
	map_fill(map_begin(t, f, at, offset, len, flags), 0, len >> table_shift(t));
}

/* More sections than one step takes (rule 9). */
#define FILL_STEP 256

static bool fill_step(struct work *w)
{
	struct map_rec *m = map_of(w->value);
	unsigned all = m->len >> table_shift(m->table), n = all - m->live;

	map_fill(m, m->live, n < FILL_STEP ? n : FILL_STEP);
	return m->live == all;
}

/** What a frame_map asks for, once the ids are resolved. */
struct map_request {
	struct frame_rec *t, *f;
	uint32_t at, offset, len;
	unsigned flags;
};

static int map_check_rights(const struct map_request *r)
{
	unsigned kind = r->f->kind, flags = r->flags;

	if ((flags & F_MAP_REPLACE) && r->t->owner != me())
		return ERR_RIGHT;
	if (kind == FRAME_MEM)
		return 0;
	if (kind == FRAME_DEV)
		return flags & F_MAP_EXEC ? ERR_RIGHT : 0;
	/* Rule 3: no table, and no other frame of the kernel's, but to be read, whatever else is asked. */
	return flags & (F_MAP_WRITE | F_MAP_EXEC) ? ERR_RIGHT : 0;
}

static bool map_kinds_fit(const struct map_request *r)
{
	unsigned kind = r->f->kind;

	switch (r->flags & F_MAP_FORM) {
	case F_MAP_PAGE:
		return r->t->kind == FRAME_L2 && kind <= FRAME_PROC;
	case F_MAP_SECTION:
		return r->t->kind == FRAME_L1 && kind <= FRAME_DEV;
	default:
		return r->t->kind == FRAME_L1 && kind == FRAME_L2;
	}
}

static int map_check_flags(unsigned flags)
{
	unsigned form = flags & F_MAP_FORM, rights = flags & F_MAP_RIGHTS;

	if (flags & ~(unsigned)(F_MAP_RIGHTS | F_MAP_FORM | F_MAP_UNCACHED | F_MAP_KEEP | F_MAP_REPLACE))
		return ERR_FLAGS;
	if (form != F_MAP_PAGE && form != F_MAP_SECTION && form != F_MAP_TABLE)
		return ERR_FLAGS;
	if (form == F_MAP_TABLE)
		return rights & ~(unsigned)F_MAP_READ || flags & F_MAP_UNCACHED ? ERR_FLAGS : 0;
	return rights & F_MAP_READ ? 0 : ERR_FLAGS;
}

/* Resolves len 0 and checks alignment and ranges, without a sum that could wrap. */
static int map_check_range(struct map_request *r)
{
	uint32_t visible = frame_visible(r->f), span = r->t->kind == FRAME_L1 ? USER_END : L2_SPAN;
	uint32_t align = r->flags & F_MAP_PAGE ? PAGE_SIZE : SECTION_SIZE;
	uint32_t len = r->len, misfit;

	if (r->flags & F_MAP_TABLE) {
		if (r->at % L2_SPAN || r->offset % PAGE_SIZE || len % PAGE_SIZE)
			return ERR_ALIGN;
		if (r->at >= USER_END || r->offset || (len && len != L2_SIZE))
			return ERR_RANGE;
		r->len = L2_SPAN;
		return 0;
	}
	misfit = r->at | r->offset | len;
	if (r->flags & F_MAP_SECTION)
		misfit |= r->f->pa + r->offset;
	if (misfit % align)
		return ERR_ALIGN;
	if (r->offset >= visible)
		return ERR_RANGE;
	if (len == 0) {
		len = visible - r->offset;
		if (len % align)
			return ERR_ALIGN;
	}
	if (len > visible - r->offset || r->at >= span || len > span - r->at)
		return ERR_RANGE;
	r->len = len;
	return 0;
}

/* Cached and uncached mappings of one frame do not mix; before the first of the other sort the frame's lines leave
 * the caches, a page at a time: from the first again if it was mapped meanwhile.  0, an ERR_, or CALL_AGAIN. */
static int map_check_cache(struct frame_rec *f, unsigned flags)
{
	struct thread *t = current();
	bool uncached = (flags & F_MAP_UNCACHED) != 0;

	if (f->kind == FRAME_DEV ||
		(uncached == ((f->flags & FR_UNCACHED) != 0) && !(f->flags & (FR_MIXED | FR_FLUSHING))))
		return 0;
	if (uncached == ((f->flags & FR_UNCACHED) != 0) && !(f->flags & FR_MIXED)) {
		f->flags &= (uint8_t)~FR_FLUSHING;
		return 0;
	}
	if (f->maps_n || f->kind != FRAME_MEM)
		return ERR_BUSY;
	if (!(f->flags & FR_FLUSHING) || f->flusher != t)
		t->progress = 0;
	f->flags |= FR_FLUSHING;
	f->flusher = t;
	for (; t->progress < f->len; t->progress += PAGE_SIZE) {
		if (t->progress && call_preempt())
			return CALL_AGAIN;
		cache_range(f->pa + t->progress, PAGE_SIZE, CACHE_FLUSH);
	}
	t->progress = 0;
	f->flags = (uint8_t)((f->flags & ~(FR_UNCACHED | FR_MIXED | FR_FLUSHING)) | (uncached ? FR_UNCACHED : 0));
	return 0;
}

/* The place is free: the pieces that come now fill it. */
static void fill_begin(struct work *w)
{
	w->value = record_index(map_begin(w->table, w->frame2, w->map.at, w->map.offset, w->map.len, w->map.flags));
	w->result = 0;
	w->step = fill_step;
}

/* With F_MAP_REPLACE: empties the range in pieces, then maps. */
static bool replace_step(struct work *w)
{
	if (!unmap_pieces(w))
		return false;
	tlb_sync(); /* rule 6, in a batch too: before the place is filled again */
	fill_begin(w);
	return false;
}

/* Looks in pieces whether the range is empty, then maps. */
static bool vacant_step(struct work *w)
{
	unsigned n = w->count - w->value;

	n = n < FILL_STEP ? n : FILL_STEP;
	if (!slots_empty(w->table, w->value, n)) {
		w->result = ERR_EXISTS;
		return true;
	}
	w->value += n;
	if (w->value == w->count)
		fill_begin(w);
	return false;
}

static void map_prepare(const struct map_request *r)
{
	unsigned shift = table_shift(r->t);

	work.table = r->t;
	work.frame = NULL;
	work.frame2 = r->f;
	work.value = r->at >> shift;
	work.count = (r->at + r->len) >> shift;
	work.map.at = r->at;
	work.map.offset = r->offset;
	work.map.len = r->len;
	work.map.flags = r->flags & ~(unsigned)F_MAP_REPLACE;
}

static int map_replace(const struct map_request *r)
{
	const struct frame_rec *l1;
	va_t base;
	unsigned shift = table_shift(r->t);
	int err = unmap_check_edges(r->t, NULL, r->at >> shift, r->len >> shift);

	if (err)
		return err;
	l1 = table_l1(r->t, &base);
	map_prepare(r);
	/* Every access sees the old or the new: no thread of the table's owner runs in between, nor of the process in whose
	 * root the table stands. */
	work.frozen[0] = r->t->owner;
	work.frozen[1] = l1 ? l1->root_of : NULL;
	return work_begin(replace_step);
}

int map_general(int t_id, int f_id, uintptr_t at, size_t offset, size_t len, int flags)
{
	struct map_request r = {frame_find(t_id), frame_mine(f_id), at, offset, len, (unsigned)flags};
	unsigned shift;
	bool few;
	int err;

	lent_settle();
	if (!r.t || !r.f || (r.t->owner != r.f->owner && !table_mappable(r.t)))
		return ERR_FRAME;
	err = map_check_rights(&r);
	if (err)
		return err;
	err = map_check_flags(r.flags);
	if (err)
		return err;
	if (!map_kinds_fit(&r))
		return ERR_KIND;
	err = map_check_range(&r);
	if (err)
		return err;
	if ((r.flags & F_MAP_TABLE) && (r.f->stands || r.f == r.t))
		return ERR_BUSY;
	shift = table_shift(r.t);
	few = r.len >> shift <= FILL_STEP;
	if (!(r.flags & F_MAP_REPLACE) && few && !slots_empty(r.t, r.at >> shift, r.len >> shift))
		return ERR_EXISTS;
	if (r.f->owner->info.credits < 1)
		return ERR_RECORDS;
	err = map_check_cache(r.f, r.flags);
	if (err)
		return err;
	if (r.flags & F_MAP_REPLACE)
		return map_replace(&r);
	if (few) {
		map_commit(r.t, r.f, r.at, r.offset, r.len, r.flags);
		return 0;
	}
	map_prepare(&r);
	return work_begin(vacant_step);
}
