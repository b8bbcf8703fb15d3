/* SPDX-License-Identifier: ISC
 * Owns the calls that wait: each is in one queue, and found by its thread and by its process. */
#include <errno.h>
#include <string.h>
#include "proto.h"
#include "waiter.h"

static struct hash by_thread, by_process;

int answer(int to, struct msg *m, int tag)
{
	m->tag = tag;
	if (msg_reply(to, m) >= 0)
		return 1;
	if (m->frame)
		page_scrap(m->frame);
	return 0;
}

int waiter_answer(const struct waiter *w, struct msg *m, int tag)
{
	m->frame = w->frame;
	m->call = w->call;
	return answer(w->from, m, tag);
}

/** Takes it out of everything. */
static void waiter_remove(struct waiter *w)
{
	struct queue *q = w->queue;

	*w->back = w->next;
	if (w->next)
		w->next->back = w->back;
	else
		q->last = w->back;
	q->n--;
	hash_del(&by_thread, &w->by_thread);
	hash_del(&by_process, &w->by_process);
	free(w);
}

static void waiter_forget(struct waiter *w)
{
	if (w->frame)
		page_scrap(w->frame);
	waiter_remove(w);
}

void waiters_forget(int from)
{
	struct hash_link *l = hash_first(&by_thread, (uint32_t)from);

	if (l)
		waiter_forget(hash_item(l, struct waiter, by_thread));
}

void waiters_forget_process(int pid)
{
	struct hash_link *l;

	while ((l = hash_first(&by_process, (uint32_t)pid)))
		waiter_forget(hash_item(l, struct waiter, by_process));
}

/** Too many wait, perhaps for nothing: the first is to ask again, but for what it has got rid of. */
static void queue_shorten(struct queue *q)
{
	struct msg m = {0};

	waiter_answer(q->first, &m, q->first->done ? (int)q->first->done : PROTO_ERRNO(EAGAIN));
	waiter_remove(q->first);
}

struct waiter *queue_add(struct queue *q, const struct msg *m, size_t len)
{
	struct waiter *w = calloc(1, sizeof(*w));

	if (!w || hash_add(&by_thread, &w->by_thread, (uint32_t)m->from)) {
		free(w);
		return NULL;
	}
	if (hash_add(&by_process, &w->by_process, (uint32_t)m->pid)) {
		hash_del(&by_thread, &w->by_thread);
		free(w);
		return NULL;
	}
	w->queue = q;
	w->from = m->from;
	w->call = m->call;
	w->frame = m->frame;
	w->len = len;
	memcpy(w->small, &m->word[2], sizeof(w->small));
	w->back = q->first ? q->last : &q->first;
	*w->back = w;
	q->last = &w->next;
	if (++q->n > QUEUE_MOST)
		queue_shorten(q);
	return w;
}

void queue_drop(struct queue *q)
{
	waiter_remove(q->first);
}
