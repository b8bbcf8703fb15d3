/* SPDX-License-Identifier: ISC
 * Kinds of frames: memory into tables and back, into room for records and back, and cache maintenance by frame.
 * Keeps rule 3: a frame becomes a table only when no mapping of it could ever write, and is cleared first. */
#include "kern.h"

bool table_mappable(const struct frame_rec *t)
{
	return t->owner && (allowed(t->owner, me()) & ALLOW_MAP);
}

void frame_make_cached(struct frame_rec *f)
{
	if (f->flags & (FR_UNCACHED | FR_MIXED))
		for (uint32_t i = 0; i < f->len; i += PAGE_SIZE)
			cache_range(f->pa + i, PAGE_SIZE, CACHE_FLUSH);
	f->flags &= (uint8_t) ~(FR_UNCACHED | FR_MIXED | FR_FLUSHING);
}

static int table_make(struct frame_rec *f, int kind)
{
	uint32_t size = kind == FRAME_L1 ? L1_SIZE : L2_SIZE;

	if (f->kind != FRAME_MEM)
		return ERR_KIND;
	if (f->pa % size)
		return ERR_ALIGN;
	if (f->len != size)
		return ERR_RANGE;
	if (f->write_maps_n || (f->maps_n && (f->flags & FR_UNCACHED)))
		return ERR_BUSY;
	frame_make_cached(f);
	mem_clear(phys_va(f->pa), size);
	f->kind = (uint8_t)kind;
	f->asid = 0;
	list_init(&f->inside);
	f->root_of = NULL;
	return 0;
}

static int table_unmake(struct frame_rec *f)
{
	if (!list_empty(&f->inside) || f->root_of || (f->kind == FRAME_L2 && f->stands))
		return ERR_BUSY;
	if (f->kind == FRAME_L1)
		asid_drop(f);
	f->kind = FRAME_MEM; /* empty: both halves are clear */
	return 0;
}

int call_frame_table(int f_id, int kind)
{
	struct frame_rec *f = frame_mine(f_id);

	if (!f)
		return ERR_FRAME;
	if (kind == FRAME_L1 || kind == FRAME_L2)
		return table_make(f, kind);
	if (kind != FRAME_MEM)
		return ERR_KIND;
	if (f->kind == FRAME_RECORDS)
		return records_take_back(f);
	if (f->kind != FRAME_L1 && f->kind != FRAME_L2)
		return ERR_KIND;
	return table_unmake(f);
}

/* ---- caches ---- */

int call_frame_cache(int f_id, size_t offset, size_t len, int op)
{
	struct frame_rec *f = frame_mine(f_id);
	struct thread *t = current();

	if (!f)
		return ERR_FRAME;
	if (f->kind != FRAME_MEM)
		return ERR_KIND;
	if ((offset | len) % PAGE_SIZE)
		return ERR_ALIGN;
	if (offset >= f->len || len > f->len - offset)
		return ERR_RANGE;
	if (op != CACHE_CLEAN && op != CACHE_FLUSH && op != CACHE_UNIFY)
		return ERR_FLAGS;
	if (len == 0)
		len = f->len - offset;
	for (; t->progress < len; t->progress += PAGE_SIZE) {
		if (t->progress && call_preempt())
			return CALL_AGAIN;
		cache_range(f->pa + offset + t->progress, PAGE_SIZE, op);
	}
	t->progress = 0;
	return 0;
}
