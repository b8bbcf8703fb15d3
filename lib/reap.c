/* SPDX-License-Identifier: ISC
 * The other end of spawn: remembers the children, and when one has ended takes its frames back into the pool.  That needs no memory:
 * what proc_reap hands over comes last in the list of my frames, so it is walked there, and each frame is done with at once. */
#include <errno.h>
#include <stdlib.h>
#include "self.h"
#include "child.h"
#include "frame.h"
#include "memory.h"
#include "page.h"
#include "proto.h"
#include "room.h"
#include "spawn.h"

#define BUCKETS       64
#define CREDITS_SPARE 256  /* more free ones than this, beyond what is kept anyway, and some go to the server */
#define SHED_MOST     256  /* pages that take them there at a time */
#define FETCH_MOST    4096 /* pages asked for at a time for the sake of their credits */

struct entry {
	struct child child;
	struct entry *next;
};

static struct rlock lock = RLOCK_INIT;
static struct entry *children[BUCKETS];

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

static void child_forget(int pid)
{
	struct entry **at, *e;

	rlock_lock(&lock);
	at = entry_at(pid);
	e = *at;
	if (e)
		*at = e->next;
	rlock_unlock(&lock);
	free(e);
}

int records_give(int pid)
{
	int r;

	memory_lock();
	memory_prepare();
	r = room_give(pid);
	memory_unlock();
	return r;
}

/* ---- taking back ---- */

/* Where what a child left stands in the list of my frames, and where in that its room for records. */
struct left {
	int first, n;
	int records_first, records_n;
};

/* The next RECORDS frame after one of mine.  What stands between may go meanwhile: then it is looked for anew. */
static int records_after(int records)
{
	int id = records;
	struct frame f;

	do {
		id = frame_next(0, id);
		if (id < 0)
			id = frame_next(0, records);
	} while (id > 0 && (frame_info(id, &f) < 0 || f.kind != FRAME_RECORDS));
	return id;
}

/* Room comes last: when all else is back, the credits that it costs are free. */
static void records_back(const struct left *l)
{
	int next;

	memory_lock();
	for (int id = l->records_first, n = 0; n < l->records_n && id > 0; id = next, n++) {
		next = records_after(id);
		memory_prepare();
		room_add(id);
		while (room_trim(room_credits()))
			;
	}
	memory_unlock();
}

static void left_back(struct left *l)
{
	int next;

	for (int id = l->first, n = 0; n < l->n && id > 0; id = next, n++) {
		struct frame f;

		next = frame_next(0, id);
		if (frame_info(id, &f) < 0)
			continue;
		if (f.kind != FRAME_RECORDS)
			page_scrap(id);
		else if (!l->records_n++)
			l->records_first = id;
	}
	records_back(l);
}

/* A page, with the credit of its frame, goes to the server: true if there are fewer here now.  A page that the server had to give
 * first brought as much as it takes. */
static int credit_shed(void)
{
	int credits = self.info->credits, f_id = page_alloc(PAGE_SIZE, 0);

	if (f_id > 0 && page_less(f_id) < 0)
		page_free(f_id);
	return f_id > 0 && self.info->credits < credits;
}

/* Credits travel with frames, and stay with whoever joins them.  If the child left some, more than were here `before` and than are kept
 * anyway, pages take them to the server, up to SHED_MOST: a child that had children itself leaves theirs, too.  If there are too
 * few to turn idle room back, a few pages bring some. */
static void credits_even(int before)
{
	for (int n = 0, idle = 0; n < SHED_MOST && idle < 2 && self.init && self.info->credits > before &&
				  self.info->credits > CREDITS_SPARE + room_credits();
		n++)
		idle = credit_shed() ? 0 : idle + 1; /* once: the server gave many pages with one credit */
	memory_lock();
	for (int n = 0; n < FETCH_MOST && room_idle() && page_fetch() >= 0; n++)
		room_trim(room_credits());
	while (room_trim(room_credits()))
		;
	room_settle();
	page_gather();
	memory_unlock();
}

int spawn_reap(int pid)
{
	struct left left = {.first = frame_next(pid, 0), .n = frame_count(pid)};
	struct proc_info info;
	int r = proc_info(pid, &info), before = self.info->credits;

	if (r >= 0)
		r = proc_reap(pid);
	if (r < 0)
		return r;
	child_forget(pid);
	left_back(&left);
	page_free(info.frame);
	credits_even(before);
	return 0;
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
