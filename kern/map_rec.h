/* SPDX-License-Identifier: ISC
 * A mapping's record and its slots' shadow: how they begin and end.  For map.c, which has the general ways, and straight.c. */
#ifndef KERN_MAP_REC_H
#define KERN_MAP_REC_H

#include "kern.h"

static inline void shadow_fill(uint32_t *slot, unsigned n, uint32_t value)
{
	unsigned eights = n & ~7u;

	if (eights) {
		words_fill(slot, eights, value);
		slot += eights;
	}
	for (n -= eights; n; n--)
		*slot++ = value;
}

/** Whether nothing lies in n slots of table t. */
static inline bool slots_empty(const struct frame_rec *t, unsigned i, unsigned n)
{
	const uint32_t *s = table_shadow(t) + i;
	unsigned eights = n & ~7u;
	uint32_t any = 0;

	if (eights && !list_empty(&t->inside)) {
		any = words_any(s, eights);
		s += eights;
	}
	for (n -= eights; n; n--)
		any |= *s++;
	return any == 0;
}

/** The record of a mapping whose slots are yet to be filled. */
static inline struct map_rec *map_begin(
	struct frame_rec *t, struct frame_rec *f, uint32_t at, uint32_t offset, uint32_t len, unsigned flags)
{
	struct map_rec *m = record_take(f->owner);

	m->frame = f;
	m->table = t;
	m->at = at;
	m->offset = offset;
	m->len = len;
	m->live = 0;
	m->flags = flags;
	m->stamp = list_empty(&f->maps) ? 1 : container_of(f->maps.prev, struct map_rec, by_frame)->stamp + 1;
	list_add(&f->maps, &m->by_frame);
	list_add(&t->inside, &m->by_table);
	f->maps_n++;
	if (f == clean_frame)
		clean_frame = NULL;
	if (flags & F_MAP_WRITE)
		f->write_maps_n++;
	return m;
}

/** Ends the record of a mapping that has no slot any more. */
static inline void map_free(struct map_rec *m)
{
	struct frame_rec *f = m->frame;

	list_del(&m->by_frame);
	list_del(&m->by_table);
	f->maps_n--;
	if (m->flags & F_MAP_WRITE)
		f->write_maps_n--;
	if (m->flags & F_MAP_TABLE)
		f->stands = NULL;
	record_free(f->owner, m);
}

#endif
