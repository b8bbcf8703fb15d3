/* SPDX-License-Identifier: ISC
 * The straight paths of map, unmap and protect: pages of memory of mine in an L2 of mine.  What is not so goes the general way,
 * which makes all checks one by one and finds the right error: a straight path answers none.
 *
 *   both mine, an L2 and cached memory; aligned; inside both; at most STRAIGHT_PAGES
 *   map      as pages, cached; a record is free; nothing lies there
 *   unmap    the slots are one mapping's, which has no holes
 *   protect  the same, and no more rights than it was made with */
#include "map_rec.h"

#define STRAIGHT_PAGES 256 /* what one piece may take: rule 9 */

/* Several pages: what a call costs beside them does not count. */
#define SMALL               __attribute__((noinline, cold))

#define PAGES_ALIGNED(a, b) ((((a) | (b)) & (PAGE_SIZE - 1)) == 0)

/* The mapping of mine in an L2 of mine that slots [i, i + *n) belong to, all of them, *n 0: those from i on; or NULL. */
static inline struct map_rec *run_find(int t_id, int f_id, uint32_t at, uint32_t len, unsigned *n)
{
	struct frame_rec *t = frame_find(t_id), *f = frame_find(f_id);
	unsigned i = at / PAGE_SIZE, end;
	const struct proc *p = me();
	struct map_rec *m;
	uint32_t s;

	if (!t || !f || t->kind != FRAME_L2 || t->owner != p || f->owner != p || !PAGES_ALIGNED(at, len) ||
		at >= L2_SPAN)
		return NULL;
	s = table_shadow(t)[i];
	m = map_of(s);
	if (!s || m->frame != f)
		return NULL;
	end = (m->at + m->len) / PAGE_SIZE;
	*n = len ? len / PAGE_SIZE : end - i;
	return *n <= STRAIGHT_PAGES && *n <= end - i && m->live == m->len / PAGE_SIZE ? m : NULL;
}

/* Rule 6 for what was changed in n slots from i on of an L2. */
static inline void run_settle(const struct frame_rec *t, unsigned i, unsigned n)
{
	const struct map_rec *stands = t->stands;

	if (!stands)
		return;
	if (n == 1 && !batching) {
		tlb_page(stands->table, stands->at + i * PAGE_SIZE);
		return;
	}
	tlb_note(stands->table, stands->at + i * PAGE_SIZE, n, PAGE_SIZE);
	tlb_settle();
}

/* What a map asks for is straight, but for its length: what is left of the frame is returned, 0: it is not. */
static inline uint32_t map_room(const struct frame_rec *t, const struct frame_rec *f, uint32_t at, uint32_t offset,
	uint32_t len, unsigned flags)
{
	const struct proc *p = me();

	if (!t || !f || t->kind != FRAME_L2 || f->kind != FRAME_MEM || t->owner != p || f->owner != p ||
		(flags & ~(unsigned)(F_MAP_WRITE | F_MAP_EXEC | F_MAP_KEEP)) != (F_MAP_PAGE | F_MAP_READ) ||
		(f->flags & (FR_UNCACHED | FR_MIXED | FR_FLUSHING)) || !PAGES_ALIGNED(at | offset, len) ||
		at >= L2_SPAN || offset >= f->len || list_empty(&p->records))
		return 0;
	return f->len - offset;
}

/* Several pages. */
SMALL static int map_run(int t_id, int f_id, uint32_t at, uint32_t offset, uint32_t len, unsigned flags)
{
	struct frame_rec *t = frame_find(t_id), *f = frame_find(f_id);
	uint32_t room = map_room(t, f, at, offset, len, flags), all = len ? len : room;
	unsigned i = at / PAGE_SIZE, n = all / PAGE_SIZE;
	struct map_rec *m;

	if (!room || all > room || n > STRAIGHT_PAGES || all > L2_SPAN - at || !slots_empty(t, i, n))
		return map_general(t_id, f_id, at, offset, len, (int)flags);
	m = map_begin(t, f, at, offset, all, flags);
	m->live = n;
	shadow_fill(table_shadow(t) + i, n, record_index(m));
	mmu_set_pages(phys_va(t->pa), i, n, f->pa + offset, flags & F_MAP_RIGHTS, MEM_CACHED);
	return 0;
}

int call_frame_map(int t_id, int f_id, uintptr_t at, size_t offset, size_t len, int flags)
{
	struct frame_rec *t = frame_find(t_id), *f = frame_find(f_id);
	uint32_t room = map_room(t, f, at, offset, len, (unsigned)flags), *shadow;
	unsigned i = at / PAGE_SIZE;
	struct map_rec *m;
	char *table;

	if (!room || (len ? len : room) != PAGE_SIZE)
		return map_run(t_id, f_id, at, offset, len, (unsigned)flags);
	table = phys_va(t->pa);
	shadow = (uint32_t *)(void *)(table + L2_SIZE / 2) + i;
	if (*shadow)
		return map_general(t_id, f_id, at, offset, len, flags);
	m = map_begin(t, f, at, offset, PAGE_SIZE, (unsigned)flags);
	m->live = 1;
	*shadow = record_index(m); /* first, so that no descriptor is without a record */
	mmu_set_page(table, i, f->pa + offset, (unsigned)flags & F_MAP_RIGHTS);
	return 0;
}

SMALL static int unmap_run(struct map_rec *m, unsigned i, unsigned n)
{
	struct frame_rec *t = m->table;

	mmu_clear(phys_va(t->pa), i, n);
	shadow_fill(table_shadow(t) + i, n, 0);
	run_settle(t, i, n);
	m->live -= n;
	if (!m->live)
		map_free(m);
	return 0;
}

int call_frame_unmap(int t_id, int f_id, uintptr_t at, size_t len)
{
	unsigned i = at / PAGE_SIZE, n;
	struct map_rec *m = run_find(t_id, f_id, at, len, &n);
	struct frame_rec *t;

	if (!m)
		return unmap_general(t_id, f_id, at, len);
	if (n != 1)
		return unmap_run(m, i, n);
	t = m->table;
	mmu_clear_page(phys_va(t->pa), i);
	table_shadow(t)[i] = 0;
	run_settle(t, i, 1);
	if (!--m->live)
		map_free(m);
	return 0;
}

SMALL static int protect_run(struct map_rec *m, unsigned i, unsigned n, unsigned rights)
{
	struct frame_rec *t = m->table, *f = m->frame;

	mmu_set_pages(
		phys_va(t->pa), i, n, frame_pa(f, m->offset + i * PAGE_SIZE - m->at), rights, map_type(f, m->flags));
	run_settle(t, i, n);
	return 0;
}

int call_frame_protect(int t_id, int f_id, uintptr_t at, size_t len, int rights)
{
	unsigned i = at / PAGE_SIZE, n;
	struct map_rec *m = run_find(t_id, f_id, at, len, &n);
	struct frame_rec *t, *f;

	if (!m || !(rights & F_MAP_READ) || ((unsigned)rights & ~(m->flags & F_MAP_RIGHTS)))
		return protect_general(t_id, f_id, at, len, rights);
	f = m->frame;
	if (n != 1 || f->kind != FRAME_MEM || (m->flags & F_MAP_UNCACHED))
		return protect_run(m, i, n, (unsigned)rights);
	t = m->table;
	mmu_set_page(phys_va(t->pa), i, f->pa + m->offset + at - m->at, (unsigned)rights);
	run_settle(t, i, 1);
	return 0;
}
