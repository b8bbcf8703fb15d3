/* SPDX-License-Identifier: ISC
 * Calls that a server answers later: queues of them, first come first served, and answering. */
#ifndef BIN_WAITER_H
#define BIN_WAITER_H

#include <stdlib.h>
#include <string.h>
#include <mullion.h>

#define WAITER_SMALL 16 /* bytes of a write that come in words */
#define READ_SMALL   20 /* bytes of a read that go in words */

/** A call that is answered later. */
struct waiter {
	struct waiter *next;
	int from, frame;
	uint32_t call; /* its number: only to that it is an answer */
	size_t len, done; /* bytes */
	char small[WAITER_SMALL];
};

struct queue {
	struct waiter *first, **last; /* last: unused while first is NULL */
};

/** Adds the caller of *m, who wants `len` bytes moved.  NULL: no memory. */
static inline struct waiter *queue_add(struct queue *q, const struct msg *m, size_t len)
{
	struct waiter *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->from = m->from;
	w->call = m->call;
	w->frame = m->frame;
	w->len = len;
	memcpy(w->small, &m->word[2], sizeof(w->small));
	*(q->first ? q->last : &q->first) = w;
	q->last = &w->next;
	return w;
}

static inline void queue_drop(struct queue *q)
{
	struct waiter *w = q->first;

	q->first = w->next;
	free(w);
}

/** Answers the call that m->call names; a frame that cannot go back, because nobody waits for it any more, is freed, of
 * whatever kind it is.  Whether it was answered. */
static inline int answer(int to, struct msg *m, int tag)
{
	m->tag = tag;
	if (msg_reply(to, m) >= 0)
		return 1;
	if (m->frame)
		page_discard(m->frame);
	return 0;
}

static inline int waiter_answer(const struct waiter *w, struct msg *m, int tag)
{
	m->frame = w->frame;
	m->call = w->call;
	return answer(w->from, m, tag);
}

#endif
