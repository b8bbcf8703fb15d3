/* SPDX-License-Identifier: ISC
 * The ledger of frames: split, merge, give, and looking at them.  Owns frame records; never touches a table
 * but through map.c.  Keeps rules 1 (frames partition memory), 5 and 6 (a frame is unmapped before it moves). */
#include "kern.h"

#define STEP_MAPS 64 /* mappings looked at between two looks for interrupts */

struct frame_rec *frame_new(struct proc *owner, uint32_t index, pa_t pa, uint32_t len, int kind)
{
	struct frame_rec *f = record_take(owner);

	id_make(f, index);
	f->owner = owner;
	list_add(&owner->frames, &f->owned);
	owner->info.frames++;
	list_init(&f->maps);
	f->pa = pa;
	f->len = len;
	f->kind = (uint8_t)kind;
	f->flags = 0;
	f->maps_n = 0;
	f->write_maps_n = 0;
	return f;
}

void frame_delete(struct frame_rec *f)
{
	id_end(f);
	list_del(&f->owned);
	f->owner->info.frames--;
	record_free(f->owner, f);
}

void frame_move(struct frame_rec *f, struct proc *p)
{
	list_del(&f->owned);
	f->owner->info.frames--;
	f->owner = p;
	list_add(&p->frames, &f->owned);
	p->info.frames++;
}

static bool plain(const struct frame_rec *f)
{
	return f->kind == FRAME_MEM || f->kind == FRAME_DEV;
}

/* The frame that was cleaned last, and for whom.  Forgotten when it is mapped anew or any long work begins. */
struct frame_rec *clean_frame;
struct proc *clean_for;

/* ---- split and merge ---- */

/* A new frame of what lies above the cut in f. */
static struct frame_rec *frame_above(const struct frame_rec *f, uint32_t cut)
{
	struct frame_rec *upper =
		frame_new(f->owner, id_index(f) + cut / PAGE_SIZE, f->pa + cut, f->len - cut, f->kind);

	upper->flags = f->flags & (FR_UNCACHED | FR_MIXED);
	return upper;
}

static bool split_straddles(const struct map_rec *m, uint32_t cut)
{
	return m->offset < cut && m->offset + m->len > cut;
}

/* Phase 0: may it be cut, and how many records does that take? */
static bool split_check(struct work *w)
{
	uint32_t cut = w->value;
	unsigned n = 0;

	for (; w->cursor != &w->frame->maps && n < STEP_MAPS; w->cursor = w->cursor->next, n++) {
		struct map_rec *m = container_of(w->cursor, struct map_rec, by_frame);

		if (!split_straddles(m, cut))
			continue;
		if ((m->flags & F_MAP_SECTION) && (cut - m->offset) % SECTION_SIZE) {
			w->result = ERR_BUSY;
			return true;
		}
		w->count++;
	}
	if (w->cursor != &w->frame->maps)
		return false;
	if ((uint32_t)w->proc->info.credits < w->count + 1) {
		w->result = ERR_RECORDS;
		return true;
	}
	w->frame2 = frame_above(w->frame, cut);
	w->result = w->frame2->id;
	w->cursor = w->frame->maps.next;
	w->phase = 1;
	return false;
}

static void split_map_move(struct map_rec *m, struct frame_rec *lower, struct frame_rec *upper, uint32_t cut)
{
	unsigned writes = (m->flags & F_MAP_WRITE) != 0;

	list_del(&m->by_frame);
	lower->maps_n--;
	lower->write_maps_n -= writes;
	m->frame = upper;
	m->offset -= cut;
	list_add(&upper->maps, &m->by_frame);
	upper->maps_n++;
	upper->write_maps_n += writes;
}

/* Goes on with cutting the mapping at w->cursor in two. */
static void split_cut(struct work *w, struct map_rec *m)
{
	struct link *next = w->cursor->next;

	if (!w->cut) {
		w->cut = map_cut(m, w->frame2, w->value);
		w->count = w->cut->at >> table_shift(m->table);
		work_spend(w, ITEM_SLOTS);
	}
	if (map_cut_some(m, w->cut, &w->count, &w->budget)) {
		w->cut = NULL;
		w->cursor = next;
	}
}

/* Phase 1: mappings above the cut move to the upper frame; those across it are cut with it. */
static bool split_step(struct work *w)
{
	uint32_t cut = w->value;

	if (w->phase == 0)
		return split_check(w);
	while (w->cursor != &w->frame->maps && work_goes(w)) {
		struct map_rec *m = container_of(w->cursor, struct map_rec, by_frame);

		work_spend(w, MAP_SLOTS);
		if (split_straddles(m, cut)) {
			split_cut(w, m);
			continue;
		}
		w->cursor = w->cursor->next;
		if (m->offset >= cut)
			split_map_move(m, w->frame, w->frame2, cut);
	}
	if (w->cursor != &w->frame->maps)
		return false;
	w->frame->len = cut;
	return true;
}

int call_frame_split(int f_id, size_t offset)
{
	struct frame_rec *f = frame_mine(f_id), *upper;

	if (!f)
		return ERR_FRAME;
	if (!plain(f))
		return ERR_KIND;
	if (offset % PAGE_SIZE)
		return ERR_ALIGN;
	if (offset == 0 || offset >= f->len)
		return ERR_RANGE;
	if (!list_empty(&f->maps)) {
		work.frame = f;
		work.proc = f->owner;
		work.value = offset;
		work.cursor = f->maps.next;
		return work_begin(split_step);
	}
	if (f->owner->info.credits < 1)
		return ERR_RECORDS;
	upper = frame_above(f, offset);
	f->len = offset;
	return upper->id;
}

int call_frame_merge(int f1, int f2)
{
	struct frame_rec *lower = frame_mine(f1), *upper = frame_mine(f2);

	if (!lower || !upper)
		return ERR_FRAME;
	if (!plain(lower) || lower->kind != upper->kind)
		return ERR_KIND;
	if (lower->pa + lower->len != upper->pa || lower == upper)
		return ERR_RANGE;
	if (lower->maps_n || upper->maps_n)
		return ERR_BUSY;
	lower->len += upper->len;
	if (((lower->flags ^ upper->flags) & FR_UNCACHED) || (upper->flags & FR_MIXED))
		lower->flags |= FR_MIXED; /* either sort of mapping has lines to flush first */
	frame_delete(upper);
	return 0;
}

/* ---- give ---- */

int give_check(const struct frame_rec *f, const struct proc *to)
{
	switch (f->kind) {
	case FRAME_MEM:
	case FRAME_DEV:
		return 0;
	case FRAME_L1:
		return f->root_of || !list_empty(&f->inside) ? ERR_BUSY : 0;
	case FRAME_L2:
		return f->stands || !list_empty(&f->inside) ? ERR_BUSY : 0;
	case FRAME_RECORDS:
		if (f->owner == to)
			return 0;
		return (uint32_t)f->owner->info.credits < f->len / PAGE_SIZE * CREDIT_PER_PAGE ? ERR_RECORDS : 0;
	default:
		return ERR_KIND;
	}
}

bool give_unclean(const struct frame_rec *f, const struct proc *to)
{
	struct map_rec *first, *last;

	if (f->maps_n == 0 || (f == clean_frame && clean_for == to))
		return false;
	if (f->maps_n > 2)
		return true; /* the long way decides */
	first = container_of(f->maps.next, struct map_rec, by_frame);
	last = container_of(f->maps.prev, struct map_rec, by_frame);
	return first->table->owner != to || last->table->owner != to;
}

/* Too many: the giver is told; a receiver, if that is who came to it, looks for the next message. */
static bool clean_refuse(struct work *w)
{
	w->result = ERR_BUSY;
	if (w->thread) {
		w->again = true;
		if (w->thread->state == T_SEND && w->thread->peer == w->proc &&
			msg_frame(w->thread) == w->frame->id) /* and not a later message of its own */
			thread_wake(w->thread, ERR_BUSY);
	}
	return true;
}

/* Phase 0: how many pages of mappings would be taken away? */
static bool clean_count(struct work *w)
{
	unsigned n = 0;

	for (; w->cursor != &w->frame->maps && n < STEP_MAPS; w->cursor = w->cursor->next, n++) {
		struct map_rec *m = container_of(w->cursor, struct map_rec, by_frame);

		if (m->table->owner != w->proc)
			w->count += m->live << (table_shift(m->table) - 12);
		if (w->count > GIVE_MAX)
			return clean_refuse(w);
	}
	if (w->cursor == &w->frame->maps) {
		w->cursor = w->frame->maps.next;
		w->phase = 1;
	}
	return false;
}

/* A PROC frame is its process's parenthood. */
static void give_move(struct frame_rec *f, struct proc *to)
{
	if (f->kind == FRAME_PROC)
		proc_adopt(proc_of_frame(f), to);
	else
		frame_move(f, to);
}

/* Phase 1: takes them away; then the frame goes at once, if a frame_give has brought it here: its receiver could not be looked
 * at again and found dead, with the mappings gone (rule 8). */
static bool clean_step(struct work *w)
{
	if (w->phase == 0)
		return clean_count(w);
	while (w->cursor != &w->frame->maps && work_goes(w)) {
		struct map_rec *m = container_of(w->cursor, struct map_rec, by_frame);

		w->cursor = w->cursor->next;
		work_spend(w, 4);
		if (m->table->owner != w->proc)
			work_end_map(w, m);
	}
	tlb_sync(); /* rule 6 */
	if (w->ending || w->cursor != &w->frame->maps)
		return false;
	if (w->gives) {
		give_move(w->frame, w->proc);
		return true;
	}
	clean_frame = w->frame;
	clean_for = w->proc;
	w->again = true;
	return true;
}

int give_clean(struct frame_rec *f, struct proc *to, struct thread *sender)
{
	work.thread = sender;
	work.frame = f;
	work.proc = to;
	work.cursor = f->maps.next;
	return work_begin(clean_step);
}

/* A RECORDS frame takes its credits along, a page at a time. */
static bool give_records_step(struct work *w)
{
	record_page_give(w->frame->owner, w->proc, w->frame->pa + w->count);
	w->count += PAGE_SIZE;
	if (w->count < w->frame->len)
		return false;
	frame_move(w->frame, w->proc);
	return true;
}

/* What frame_give returns, everything checked. */
static int give(struct frame_rec *f, struct proc *to)
{
	if (give_unclean(f, to)) {
		work.gives = true;
		return give_clean(f, to, NULL);
	}
	give_move(f, to);
	return 0;
}

static int give_proc(struct frame_rec *f, struct proc *to)
{
	struct proc *child = proc_of_frame(f);

	if (child == me()) /* the first process owns its own */
		return ERR_RIGHT;
	if (to != me()->parent && (to->parent != me() || to == child || !(allowed(to, me()) & ALLOW_GIVE)))
		return ERR_RIGHT;
	if (!proc_live(to))
		return ERR_DEAD;
	return give(f, to);
}

int call_frame_give(int f_id, int pid)
{
	struct frame_rec *f = frame_mine(f_id);
	struct proc *to;
	int err;

	if (!f)
		return ERR_FRAME;
	to = proc_named(pid);
	if (!to)
		return ERR_PROC;
	if (f->kind == FRAME_PROC)
		return give_proc(f, to);
	if (!(allowed(to, f->owner) & ALLOW_GIVE))
		return ERR_RIGHT;
	if (f->kind == FRAME_RECORDS && !donate_help(f))
		return CALL_AGAIN;
	err = give_check(f, to);
	if (err)
		return err;
	if (!proc_live(to))
		return ERR_DEAD;
	if (f->kind == FRAME_RECORDS && to != f->owner) {
		work.frame = f;
		work.proc = to;
		return work_begin(give_records_step);
	}
	return give(f, to);
}
