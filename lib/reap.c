/* SPDX-License-Identifier: ISC
 * The other end of spawn: remembers the children, and when one has ended takes its frames back into the pool.  Room for
 * records that cannot be turned back (a record of it serves some other frame by now) is kept for the next child, so that
 * nothing is lost however many come and go. */
#include <errno.h>
#include <stdlib.h>
#include "self.h"
#include "child.h"
#include "frame.h"
#include "memory.h"
#include "page.h"
#include "proto.h"
#include "spawn.h"

#define RECORD_PAGES 4 /* of a new child: RECORDS_PAGE credits each */
#define RECORDS_PAGE 63
#define BUCKETS      64
#define CREDITS_MOST 400 /* free ones; more than that goes back to the memory server */
#define SPARES       4   /* kept ready; more only if they cannot be turned back */

struct entry {
	struct child child;
	struct entry *next;
};

/** A RECORDS frame of mine that no child has. */
struct spare {
	int f_id;
	struct spare *next;
};

static struct rlock lock = RLOCK_INIT;
static struct entry *children[BUCKETS];
static struct spare *spares;
static unsigned spares_n;

static struct entry **entry_at(int pid)
{
	struct entry **at = &children[(unsigned)pid % BUCKETS];

	while (*at && (*at)->child.pid != pid)
		at = &(*at)->next;
	return at;
}

int child_add(const struct child *c)
{
	struct entry *e = malloc(sizeof *e);

	if (!e)
		return PROTO_ERRNO(ENOMEM);
	e->child = *c;
	rlock_lock(&lock);
	e->next = children[(unsigned)c->pid % BUCKETS];
	children[(unsigned)c->pid % BUCKETS] = e;
	rlock_unlock(&lock);
	return 0;
}

int child_get(int pid, struct child *out)
{
	struct entry *e;

	rlock_lock(&lock);
	e = *entry_at(pid);
	if (e)
		*out = e->child;
	rlock_unlock(&lock);
	return e != NULL;
}

static int child_forget(int pid)
{
	struct entry **at, *e;
	int frame = 0;

	rlock_lock(&lock);
	at = entry_at(pid);
	e = *at;
	if (e) {
		frame = e->child.frame;
		*at = e->next;
	}
	rlock_unlock(&lock);
	free(e);
	return frame;
}

/* ---- room for records ---- */

static int spare_take(void)
{
	struct spare *s;
	int f_id = 0;

	rlock_lock(&lock);
	s = spares;
	if (s) {
		spares = s->next;
		spares_n--;
		f_id = s->f_id;
	}
	rlock_unlock(&lock);
	free(s);
	return f_id;
}

static void spare_put(int f_id)
{
	struct spare *s = malloc(sizeof *s);

	if (!s)
		return; /* it stays my own room for records */
	s->f_id = f_id;
	rlock_lock(&lock);
	s->next = spares;
	spares = s;
	spares_n++;
	rlock_unlock(&lock);
}

/* Room is turned back if enough free credits are left here: those that it costs need not be its own.  0, or an ERR_. */
static int records_turn(int f_id, int keep)
{
	struct frame f;
	int r = frame_info(f_id, &f);

	if (r < 0)
		return r;
	if (self.info->credits < keep + (int)(f.len / PAGE_SIZE) * RECORDS_PAGE)
		return ERR_RECORDS;
	r = frame_table(f_id, FRAME_MEM);
	if (r >= 0)
		page_free(f_id);
	return r;
}

/* Those that could not be turned back when they came can be by now: a few are tried each time, in turn. */
static void spares_trim(void)
{
	for (unsigned n = 0; spares_n > SPARES && n < SPARES; n++) {
		struct spare *s, **at;

		rlock_lock(&lock);
		for (at = &spares; *at && (*at)->next; at = &(*at)->next)
			;
		s = *at; /* the one that has waited longest */
		if (s) {
			*at = NULL;
			spares_n--;
		}
		rlock_unlock(&lock);
		if (!s)
			return;
		if (records_turn(s->f_id, CREDITS_MOST) < 0)
			spare_put(s->f_id);
		free(s);
	}
}

int records_give(int pid)
{
	struct frame f;
	int pages = 0, f_id, r;

	while (pages < RECORD_PAGES && (f_id = spare_take()) > 0) {
		r = frame_info(f_id, &f);
		if (r >= 0)
			r = frame_give(f_id, pid);
		if (r < 0) {
			spare_put(f_id);
			break;
		}
		pages += (int)(f.len / PAGE_SIZE);
	}
	if (pages >= RECORD_PAGES)
		return 0;
	f_id = page_alloc((size_t)(RECORD_PAGES - pages) * PAGE_SIZE, 0);
	if (f_id < 0)
		return f_id;
	r = frame_donate(f_id);
	if (r < 0) {
		page_free(f_id);
		return r;
	}
	r = frame_give(f_id, pid);
	if (r < 0)
		spare_put(f_id);
	return r;
}

/* ---- taking back ---- */

void table_scrap(int f_id)
{
	struct frame f;

	if (frame_info(f_id, &f) < 0)
		return;
	if (f.kind == FRAME_L1 || f.kind == FRAME_L2) {
		frame_unmap(f_id, 0, 0, f.kind == FRAME_L1 ? USER_END : L2_SPAN);
		frame_unmap(0, f_id, 0, 0);
		frame_table(f_id, FRAME_MEM);
	}
	page_free(f_id);
}

static void frame_back(int f_id)
{
	struct frame f;

	if (frame_info(f_id, &f) < 0)
		return;
	if (f.kind == FRAME_L1 || f.kind == FRAME_L2)
		table_scrap(f_id);
	else if (f.kind == FRAME_MEM)
		page_free(f_id);
	else if (f.kind == FRAME_DEV)
		frame_unmap(0, f_id, 0, 0);
}

static void records_back(int f_id, int keep)
{
	struct frame f;

	if (frame_info(f_id, &f) < 0 || f.kind != FRAME_RECORDS)
		return;
	if ((spares_n < SPARES && f.len == RECORD_PAGES * PAGE_SIZE) || records_turn(f_id, keep) < 0)
		spare_put(f_id);
}

/* All frames of an ended child, in an array of *n; NULL: none, or no memory for the list. */
static int *frames_list(int pid, int *n)
{
	int count = frame_count(pid), *list = count > 0 ? malloc((size_t)count * sizeof *list) : NULL;

	*n = 0;
	for (int f = frame_next(pid, 0); list && f > 0 && *n < count; f = frame_next(pid, f))
		list[(*n)++] = f;
	return list;
}

/* Memory comes from the server in pieces, each with its record's credit, which stays here when the pieces are merged.  A
 * page that goes back alone takes one along. */
static void credits_back(void)
{
	for (int n = 0; n < 2 && self.init && self.info->credits > CREDITS_MOST; n++) {
		int f_id = page_alloc(PAGE_SIZE, 0);

		if (f_id > 0 && page_less(f_id) < 0)
			page_free(f_id);
	}
}

int spawn_reap(int pid)
{
	int keep = self.info->credits > CREDITS_MOST ? self.info->credits : CREDITS_MOST;
	int n, *list = frames_list(pid, &n), frame = 0, r = proc_reap(pid);

	if (r >= 0) {
		frame = child_forget(pid);
		for (int i = 0; i < n; i++)
			frame_back(list[i]);
		for (int i = 0; i < n; i++)
			records_back(list[i], keep);
		if (frame)
			page_free(frame);
		spares_trim();
		credits_back();
	}
	free(list);
	return r;
}

int spawn_wait(int pid, int *status)
{
	int value, r = proc_wait(pid, -1, &value);

	if (r < 0)
		return r;
	if (status)
		*status = value;
	return spawn_reap(pid);
}
