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

#define PAGES_ALIGNED(a, b) ((((a) | (b)) & (PAGE_SIZE - 1)) == 0)

/* Whether [at, at + len) lies in an L2. */
static inline bool l2_holds(uint32_t at, uint32_t len)
{
	return at < L2_SPAN && len <= L2_SPAN - at;
}

/* The mapping of mine in an L2 of mine that slots [i, i + *n) belong to, all of them, *n 0: those from i on; or NULL. */
static inline struct map_rec *run_find(int t_id, int f_id, uint32_t at, uint32_t len, unsigned *n)
{
	struct frame_rec *t = frame_find(t_id), *f = frame_find(f_id);
	unsigned i = at / PAGE_SIZE, end;
	const struct proc *p = me();
	struct map_rec *m;
	uint32_t s;

	if (!t || !f || t->kind != FRAME_L2 || t->owner != p || f->owner != p || !PAGES_ALIGNED(at, len) || at >= L2_SPAN)
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
	va_t va;

	if (!stands)
		return;
	va = stands->at + i * PAGE_SIZE;
	if (n == 1 && !batching) {
		tlb_page(stands->table, va);
		return;
	}
	tlb_note(stands->table, va, n, PAGE_SIZE);
	tlb_settle();
}

int call_frame_map(int t_id, int f_id, uintptr_t at, size_t offset, size_t len, int flags)
{
	struct frame_rec *t = frame_find(t_id), *f = frame_find(f_id);
	const struct proc *p = me();
	struct map_rec *m;
	uint32_t all = len;
	unsigned i, n;

	if (!t || !f || t->kind != FRAME_L2 || f->kind != FRAME_MEM || t->owner != p || f->owner != p ||
		(flags & ~(F_MAP_WRITE | F_MAP_EXEC | F_MAP_KEEP)) != (F_MAP_PAGE | F_MAP_READ) ||
		(f->flags & (FR_UNCACHED | FR_MIXED | FR_FLUSHING)) || !PAGES_ALIGNED(at | offset, len) ||
		offset >= f->len)
		return map_general(t_id, f_id, at, offset, len, flags);
	if (!all)
		all = f->len - offset;
	i = at / PAGE_SIZE;
	n = all / PAGE_SIZE;
	if (all > f->len - offset || n > STRAIGHT_PAGES || !l2_holds(at, all) || list_empty(&p->records) ||
		!slots_empty(t, i, n))
		return map_general(t_id, f_id, at, offset, len, flags);
	m = map_begin(t, f, at, offset, all, (unsigned)flags);
	m->live = n;
	shadow_fill(table_shadow(t) + i, n, record_index(m));
	mmu_set_pages(phys_va(t->pa), i, n, f->pa + offset, (unsigned)flags & F_MAP_RIGHTS, MEM_CACHED);
	return 0;
}

int call_frame_unmap(int t_id, int f_id, uintptr_t at, size_t len)
{
	struct frame_rec *t;
	unsigned i = at / PAGE_SIZE, n;
	struct map_rec *m = run_find(t_id, f_id, at, len, &n);

	if (!m)
		return unmap_general(t_id, f_id, at, len);
	t = m->table;
	mmu_clear(phys_va(t->pa), i, n);
	shadow_fill(table_shadow(t) + i, n, 0);
	run_settle(t, i, n);
	m->live -= n;
	if (!m->live)
		map_free(m);
	return 0;
}

int call_frame_protect(int t_id, int f_id, uintptr_t at, size_t len, int rights)
{
	struct frame_rec *t, *f;
	unsigned i = at / PAGE_SIZE, n;
	struct map_rec *m = run_find(t_id, f_id, at, len, &n);

	if (!m || !(rights & F_MAP_READ) || ((unsigned)rights & ~(m->flags & F_MAP_RIGHTS)))
		return protect_general(t_id, f_id, at, len, rights);
	t = m->table;
	f = m->frame;
	mmu_set_pages(phys_va(t->pa), i, n, frame_pa(f, m->offset + at - m->at), (unsigned)rights, map_type(f, m->flags));
	run_settle(t, i, n);
	return 0;
}
