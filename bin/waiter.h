/* SPDX-License-Identifier: ISC
 * Calls that a server answers later: queues of them, first come first served, and answering.  A thread waits in one call at
 * a time, so whatever it asks next ends what it left behind. */
#ifndef BIN_WAITER_H
#define BIN_WAITER_H

#include <mullion.h>
#include "hash.h"

#define WAITER_SMALL 16   /* bytes of a write that come in words */
#define READ_SMALL   20   /* bytes of a read that go in words */
#define QUEUE_MOST   1024 /* calls; who has waited longest has to ask again then */

/** A call that is answered later. */
struct waiter {
	struct waiter *next, **back; /* in its queue */
	struct queue *queue;
	struct hash_link by_thread, by_process;
	int from, frame;
	uint32_t call;    /* its number: only to that it is an answer */
	size_t len, done; /* bytes */
	char small[WAITER_SMALL];
};

struct queue {
	struct waiter *first, **last; /* last: unused while first is NULL */
	unsigned n;
};

/** Adds the caller of *m, who wants `len` bytes moved.  NULL: no memory. */
struct waiter *queue_add(struct queue *q, const struct msg *m, size_t len);

/** Takes the first one out, which has been answered. */
void queue_drop(struct queue *q);

/** Thread `from` has asked for something else: it does not wait any more. */
void waiters_forget(int from);

/** Process pid has ended: none of its threads waits any more. */
void waiters_forget_process(int pid);

/** Answers the call that m->call names; a frame that cannot go back, because nobody waits for it any more, is freed, of
 * whatever kind it is.  Whether it was answered. */
int answer(int to, struct msg *m, int tag);
int waiter_answer(const struct waiter *w, struct msg *m, int tag);

#endif
