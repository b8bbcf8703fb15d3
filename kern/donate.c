/* SPDX-License-Identifier: ISC
 * Memory that becomes room for records, and records' room that becomes memory again.  Owns nothing.  Keeps rule 7: whoever takes a
 * page back pays with as many free records as it brought, wherever they lie, and what is in use on it, whosever it is, moves
 * there.  So no history of calls can keep a page from being taken back. */
#include "kern.h"

#define RECORD_SLOTS 7   /* the price of a record that leaves */
#define STEP_MAPS    128 /* a piece of moving a record: mappings that are told where it lies now */

/* Frames that are becoming room for records although nobody comes back to them, by the priority of who began it. */
static struct link orphans[PRIORITY_MAX + 1];
uint32_t orphan_bits;

static bool donate_goes(const struct frame_rec *f)
{
	return f->kind == FRAME_RECORDS && f->filled < f->len;
}

/* One page, after which the books are whole. */
static void donate_page(struct frame_rec *f)
{
	if (f->flags & (FR_UNCACHED | FR_MIXED)) /* the kernel uses it cached */
		cache_range(f->pa + f->filled, PAGE_SIZE, CACHE_FLUSH);
	record_page_add(f->owner, f->pa + f->filled);
	f->filled += PAGE_SIZE;
	if (f->filled < f->len)
		return;
	f->flags &= (uint8_t) ~(FR_UNCACHED | FR_MIXED);
	list_del(&f->orphans);
}

bool donate_help(struct frame_rec *f)
{
	while (donate_goes(f)) {
		donate_page(f);
		if (donate_goes(f) && call_preempt())
			return false;
	}
	return true;
}

/* t->progress is what the call will return: somebody else may finish the donation, and take the room back. */
static int donate_run(struct thread *t, int f_id)
{
	struct frame_rec *f = frame_mine(f_id);
	int result = (int)t->progress;

	if (f && !donate_help(f))
		return CALL_AGAIN;
	t->progress = 0;
	return result;
}

void donate_orphan(const struct thread *t)
{
	struct frame_rec *f;
	int level;

	if (!t->progress || !(t->flags & TF_CALL) || t->r[12] != CALL_frame_donate)
		return;
	f = frame_find((int)t->r[0]);
	if (!f || f->owner != t->proc || !donate_goes(f))
		return;
	level = thread_level(t);
	if (!(orphan_bits & 1u << level))
		list_init(&orphans[level]);
	orphan_bits |= 1u << level;
	list_del(&f->orphans);
	list_add(&orphans[level], &f->orphans);
	cpu_here()->resched = 1;
}

int donate_orphans(void)
{
	int level;

	while (orphan_bits) {
		level = 31 - __builtin_clz(orphan_bits);
		if (!list_empty(&orphans[level]))
			return level;
		orphan_bits &= ~(1u << level);
	}
	return -1;
}

void donate_orphan_run(void)
{
	struct frame_rec *f = container_of(orphans[donate_orphans()].next, struct frame_rec, orphans);

	do
		donate_page(f);
	while (donate_goes(f) && !irq_pending());
}

int call_frame_donate(int f_id)
{
	struct thread *t = current();
	struct frame_rec *f = frame_mine(f_id);

	if (t->progress)
		return donate_run(t, f_id);
	if (!f)
		return ERR_FRAME;
	if (f->kind != FRAME_MEM)
		return ERR_KIND;
	if (f->maps_n)
		return ERR_BUSY; /* rule 3 */
	f->kind = FRAME_RECORDS;
	f->flags &= (uint8_t)~FR_FLUSHING;
	f->filled = 0;
	list_init(&f->orphans);
	t->progress = f->len / PAGE_SIZE * CREDIT_PER_PAGE;
	return donate_run(t, f_id);
}

/* ---- moving what is in use: at once what others look at, then, in pieces, each mapping or slot that refers to it ---- */

static void frame_moved(struct frame_rec *to, const struct frame_rec *from)
{
	id_moved(to);
	list_moved(&to->owned, &from->owned);
	list_moved(&to->maps, &from->maps);
	if (to->kind == FRAME_PROC || to->kind == FRAME_THREAD)
		to->thread->frame = to;
	if (to->kind == FRAME_L1 || to->kind == FRAME_L2)
		list_moved(&to->inside, &from->inside);
	if (donate_goes(to))
		list_moved(&to->orphans, &from->orphans);
	if (to->kind != FRAME_L1)
		return;
	vspace_moved(from, to);
	if (to->root_of)
		to->root_of->root = to;
}

static void map_moved(struct map_rec *to, const struct map_rec *from)
{
	list_moved(&to->by_frame, &from->by_frame);
	list_moved(&to->by_table, &from->by_table);
	if (to->flags & F_MAP_TABLE)
		to->frame->stands = to;
}

static void move_begin(struct work *w, const struct record *from)
{
	struct record *to = record_copy(w->proc, from);
	struct frame_rec *f = record_frame(to);

	w->frame2 = f;
	w->cursor = w->inner = NULL;
	if (f->id) {
		frame_moved(f, (const struct frame_rec *)(const void *)from);
		w->cursor = f->maps.next;
		if (f->kind == FRAME_L1 || f->kind == FRAME_L2)
			w->inner = f->inside.next;
		if (w->frame == (const struct frame_rec *)(const void *)from)
			w->frame = f; /* the room's own frame */
	} else if (f->tid == RECORD_GRANT) {
		grant_moved((struct grant_rec *)(void *)to, (const struct grant_rec *)(const void *)from);
	} else {
		map_moved((struct map_rec *)(void *)to, (const struct map_rec *)(const void *)from);
		w->map.at = 0;
	}
}

/* A piece of telling the mappings of frame w->frame2, and those that stand in it, if it is a table; true: all know. */
static bool move_frame(struct work *w)
{
	struct frame_rec *f = w->frame2;
	unsigned n = STEP_MAPS;

	for (; n && w->cursor != &f->maps; n--, w->cursor = w->cursor->next)
		container_of(w->cursor, struct map_rec, by_frame)->frame = f;
	for (; n && w->inner && w->inner != &f->inside; n--, w->inner = w->inner->next)
		container_of(w->inner, struct map_rec, by_table)->table = f;
	return n > 0;
}

/* A piece of the slots of the mapping that w->frame2 is; true: none is left. */
static bool move_map(struct work *w, uint32_t from)
{
	const struct map_rec *m = (const struct map_rec *)(const void *)w->frame2;
	unsigned shift = table_shift(m->table), slots = m->len >> shift;
	uint32_t *shadow = table_shadow(m->table) + (m->at >> shift), to = record_index(m);

	for (unsigned n = 0; n < STEP_SLOTS && w->map.at < slots; n++, w->map.at++)
		if (shadow[w->map.at] == from)
			shadow[w->map.at] = to;
	return w->map.at == slots;
}

/* A piece of moving r away; true: it holds nothing any more. */
static bool move_step(struct work *w, struct record *r)
{
	if (!w->frame2)
		move_begin(w, r);
	if (w->frame2->id ? !move_frame(w) : w->frame2->tid == 0 && !move_map(w, record_index(r)))
		return false;
	w->frame2 = NULL;
	r->id = 0;
	r->tid = RECORD_GONE;
	return true;
}

/* ---- taking back ---- */

/* The owner's own free records of a page are nobody's from now on. */
static void page_leave(struct work *w, struct record *page)
{
	for (unsigned i = 1; i < RECORD_PER_PAGE; i++) {
		if (page[i].tid != RECORD_FREE || page[i].holder != w->proc)
			continue;
		list_del(&page[i].free);
		w->proc->info.credits--;
		page[i].tid = RECORD_GONE;
	}
}

/* Another's free record becomes one elsewhere. */
static void record_leave(const struct work *w, struct record *r)
{
	if (r->holder != w->proc)
		record_hand(container_of(w->proc->records.next, struct record, free), r->holder);
	list_del(&r->free);
	r->holder->info.credits--;
	r->tid = RECORD_GONE;
}

/* A page's records leave, up to the end or to the next that is in use, of which this is a piece; true: the page is empty. */
static bool page_empty(struct work *w, struct record *page)
{
	while (++w->value < RECORD_PER_PAGE) {
		struct record *r = &page[w->value];

		work_spend(w, RECORD_SLOTS);
		if (!work_goes(w)) {
			w->value--;
			return false;
		}
		if (r->tid == RECORD_FREE) {
			record_leave(w, r);
		} else if (r->tid != RECORD_GONE) {
			w->value -= !move_step(w, r);
			return false;
		}
	}
	return true;
}

/* Phase 0: its free records go.  Phase 1: all others do, and the page is clear.  It cannot fail: there are as many free
 * records elsewhere as are left here. */
static bool undonate_step(struct work *w)
{
	struct record *page = record_page(w->frame->pa + w->count);

	if (w->phase == 0)
		page_leave(w, page);
	else if (!page_empty(w, page))
		return false;
	if (w->phase == 1)
		mem_clear(page, PAGE_SIZE);
	w->value = 0;
	w->count += PAGE_SIZE;
	if (w->count < w->frame->len)
		return false;
	w->count = 0;
	if (w->phase++ == 0)
		return false;
	w->frame->kind = FRAME_MEM;
	w->frame->filled = 0;
	return true;
}

int records_take_back(struct frame_rec *f)
{
	if (!donate_help(f))
		return CALL_AGAIN;
	if ((uint32_t)f->owner->info.credits < f->len / PAGE_SIZE * CREDIT_PER_PAGE)
		return ERR_RECORDS;
	work.frame = f;
	work.proc = f->owner;
	return work_begin(undonate_step);
}
