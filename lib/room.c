/* SPDX-License-Identifier: ISC
 * Room for records: donates memory when credits get few, and turns back what is idle.  Which records lie in which frame does not
 * matter: a frame is turned back for as many free credits as it brought, wherever they are.  So what is kept is bounded by what is
 * in use, and one set of all my RECORDS frames, in the order in which they came, is all that there is to remember.  The last that came
 * goes first, and what somebody left in the midst of memory is replaced by what lies with the rest of mine. */
#include "self.h"
#include "memory.h"
#include "extent.h"
#include "room.h"

#define PAGE_CREDITS 63  /* that a donated page brings */
#define CREDITS_MOST 128 /* free ones, if the program wants no more */

static struct extent *room; /* start: in which order they came */
static uintptr_t room_turn;
static size_t room_len;
static int asked; /* the most free credits that the program wanted */

static int credits_of(size_t len)
{
	return (int)(len / PAGE_SIZE) * PAGE_CREDITS;
}

static struct extent *room_insert(int f_id, const struct frame *f)
{
	struct extent *e = extent_node();

	e->start = ++room_turn;
	e->len = f->len;
	e->id = f_id;
	e->clean = 0;
	extent_insert(&room, e);
	room_len += f->len;
	return e;
}

static void room_remove(struct extent *e)
{
	room_len -= e->len;
	extent_node_free(extent_remove(&room, e->start));
}

/* Donates an unmapped frame of mine, which goes back to the pool if it cannot be.  It lies where it may stay (`clean`). */
static int room_donate(int f_id)
{
	struct frame f;
	int r = frame_info(f_id, &f);

	if (r >= 0)
		r = frame_donate(f_id);
	if (r < 0) {
		page_put(f_id, 0);
		return r;
	}
	room_insert(f_id, &f)->clean = 1;
	return 0;
}

static int room_more(size_t len)
{
	int f_id = page_take(len, PAGE_SIZE, 0, 0);

	return f_id < 0 ? f_id : room_donate(f_id);
}

/* A piece that grows with what there is.  Where not one credit is left to cut a page off with, a whole frame of the pool is donated:
 * it comes back when there are. */
int room_fill(int n)
{
	size_t len = room_len / 8 & ~(size_t)(PAGE_SIZE - 1);
	int r = 0, f_id;

	len = len > ROOM_CHUNK ? ROOM_CHUNK : len;
	while (self.info->credits < n) {
		nodes_keep();
		if (node_count() < NODES_FEW)
			return ERR_MEMORY;
		r = len > PAGE_SIZE ? room_more(len) : ERR_MEMORY;
		if (r < 0)
			r = room_more(PAGE_SIZE);
		f_id = r < 0 ? page_take_whole() : 0;
		if (f_id > 0)
			r = room_donate(f_id);
		if (r < 0)
			return r;
	}
	return 0;
}

void room_add(int f_id)
{
	struct frame f;

	if (frame_info(f_id, &f) >= 0 && f.kind == FRAME_RECORDS && node_count())
		room_insert(f_id, &f);
}

void room_ask(int n)
{
	if (n > asked)
		asked = n;
}

int room_credits(void)
{
	return asked > CREDITS_MOST ? asked : CREDITS_MOST;
}

int room_trim(int keep)
{
	struct extent *e = extent_before(room, UINTPTR_MAX);
	int f_id;

	keep = keep > asked ? keep : asked;
	if (e && self.info->credits < keep + credits_of(e->len))
		e = extent_after(room, 0);
	if (!e || self.info->credits < keep + credits_of(e->len) || frame_table(e->id, FRAME_MEM) < 0)
		return 0;
	f_id = e->id;
	room_remove(e);
	page_put(f_id, 1);
	return 1;
}

/* Each frame of mine may well need a mapping. */
int room_idle(void)
{
	int free = self.info->credits;

	return credits_of(room_len) > 2 * self.info->frames + free + credits_of(ROOM_CHUNK) &&
	       free < room_credits() + credits_of(ROOM_CHUNK);
}

/* Replaces the frame that came at that turn by one that lies lower, if there is any. */
static void room_move(uintptr_t turn, size_t len)
{
	int f_id = page_take(len, PAGE_SIZE, 0, 0), old;
	struct extent *e = extent_before(room, turn);
	struct frame fresh, f;

	if (f_id < 0)
		return;
	if (!e || e->start != turn || frame_info(f_id, &fresh) < 0 || frame_info(e->id, &f) < 0 || fresh.pa > f.pa) {
		page_put(f_id, 0); /* it was turned back meanwhile, or lies well */
		return;
	}
	if (room_donate(f_id) < 0 || frame_table(e->id, FRAME_MEM) < 0)
		return;
	old = e->id;
	room_remove(e);
	page_put(old, 1);
}

void room_settle(void)
{
	struct extent *e = extent_before(room, UINTPTR_MAX);

	while (e && !e->clean) {
		uintptr_t turn = e->start;

		e->clean = 1;
		room_move(turn, e->len);
		e = extent_before(room, turn - 1);
	}
}

int room_has(int f_id)
{
	struct extent *e = extent_after(room, 0);

	while (e && e->id != f_id)
		e = extent_after(room, e->start + 1);
	return e != NULL;
}

int room_give(int pid)
{
	struct extent *e = extent_fit(room, ROOM_CHUNK, 1, 0);
	struct frame f;
	int f_id, r;

	if (!e || e->len != ROOM_CHUNK || self.info->credits < SELF_CREDITS + credits_of(ROOM_CHUNK)) {
		f_id = page_take(ROOM_CHUNK, PAGE_SIZE, 0, 0);
		r = f_id < 0 ? f_id : frame_info(f_id, &f);
		if (r >= 0)
			r = room_donate(f_id);
		if (r < 0)
			return r;
		e = extent_before(room, UINTPTR_MAX);
	}
	r = frame_give(e->id, pid);
	if (r >= 0)
		room_remove(e);
	return r;
}
