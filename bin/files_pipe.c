/* SPDX-License-Identifier: ISC
 * Pipes.  A reader that has gone while it waited costs no byte: what its answer could not carry is the next
 * one's.  A write is done in one piece as seen by other writers, whatever its length: they queue. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "files_handle.h"
#include "files_pipe.h"
#include "window.h"

struct pipe *pipe_new(int maker)
{
	struct pipe *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->ends[0] = p->ends[1] = 1;
	p->maker = maker;
	return p;
}

/** A ring for the first bytes, if its maker's share allows.  0, or -errno. */
static int ring_make(struct pipe *p)
{
	if (p->ring)
		return 0;
	if (client_rings(p->maker, 1) > PIPE_RINGS) {
		client_rings(p->maker, -1);
		return -ENOMEM;
	}
	p->ring = ring_new();
	if (!p->ring)
		client_rings(p->maker, -1);
	return p->ring ? 0 : -ENOMEM;
}

static size_t ring_peek(const struct pipe *p, char *buf, size_t len)
{
	size_t n = p->end - p->read, at = p->read % PIPE_LEN, first;

	n = n < len ? n : len;
	if (!n)
		return 0;
	first = n < PIPE_LEN - at ? n : PIPE_LEN - at;
	memcpy(buf, p->ring + at, first);
	memcpy(buf + first, p->ring, n - first);
	return n;
}

static size_t ring_put(struct pipe *p, const char *buf, size_t len)
{
	size_t n = PIPE_LEN - (p->end - p->read), at = p->end % PIPE_LEN, first;

	n = n < len ? n : len;
	first = n < PIPE_LEN - at ? n : PIPE_LEN - at;
	memcpy(p->ring + at, buf, first);
	memcpy(p->ring, buf + first, n - first);
	p->end += (uint32_t)n;
	return n;
}

/** Answers the first reader with what there is.  */
static void reader_serve(struct pipe *p, const struct waiter *w)
{
	struct msg m = {0};
	size_t len = w->len, n;
	char *buf = w->frame ? window_open(w->frame, &len) : (char *)m.word;

	if (!buf) {
		waiter_answer(w, &m, ERR_FRAME);
		return;
	}
	n = ring_peek(p, buf, len);
	if (w->frame)
		window_close(buf, len);
	if (waiter_answer(w, &m, (int)n))
		p->read += (uint32_t)n;
}

/** Takes bytes of the first writer.  1: it is answered. */
static int writer_serve(struct pipe *p, struct waiter *w)
{
	struct msg m = {0};
	size_t len = w->len;
	char *buf;

	if (!p->ends[0]) {
		waiter_answer(w, &m, PROTO_ERRNO(EPIPE));
		return 1;
	}
	if (p->end - p->read == PIPE_LEN)
		return 0;
	if (ring_make(p)) {
		waiter_answer(w, &m, PROTO_ERRNO(ENOMEM));
		return 1;
	}
	buf = w->frame ? window_open(w->frame, &len) : w->small;
	if (!buf) {
		waiter_answer(w, &m, ERR_FRAME);
		return 1;
	}
	w->len = len;
	w->done += ring_put(p, buf + w->done, len - w->done);
	if (w->frame)
		window_close(buf, len);
	if (w->done < w->len)
		return 0;
	waiter_answer(w, &m, (int)w->len);
	return 1;
}

/** Moves everything that can move. */
static void pipe_pump(struct pipe *p)
{
	uint32_t moved;

	do {
		moved = p->read + p->end;
		while (p->writers.first && writer_serve(p, p->writers.first))
			queue_drop(&p->writers);
		while (p->readers.first && (p->end != p->read || !p->ends[1])) {
			reader_serve(p, p->readers.first);
			queue_drop(&p->readers);
		}
	} while (moved != p->read + p->end);
}

void pipe_read(struct pipe *p, struct msg *m, size_t len)
{
	if (!m->frame && len > READ_SMALL)
		len = READ_SMALL;
	if (!len)
		answer(m->from, m, 0);
	else if (!queue_add(&p->readers, m, len))
		answer(m->from, m, PROTO_ERRNO(ENOMEM));
	else
		pipe_pump(p);
}

void pipe_write(struct pipe *p, struct msg *m, size_t len)
{
	if (!m->frame && len > WAITER_SMALL)
		answer(m->from, m, ERR_RANGE);
	else if (!len)
		answer(m->from, m, 0);
	else if (!queue_add(&p->writers, m, len))
		answer(m->from, m, PROTO_ERRNO(ENOMEM));
	else
		pipe_pump(p);
}

/** Calls through an end that is closed: their processes have ended. */
static void waiters_drop(struct queue *q)
{
	struct msg m = {0};

	while (q->first) {
		waiter_answer(q->first, &m, PROTO_ERRNO(EBADF));
		queue_drop(q);
	}
}

void pipe_close(struct pipe *p, int end)
{
	p->ends[end] = 0;
	waiters_drop(end ? &p->writers : &p->readers);
	pipe_pump(p);
	if (p->ends[!end])
		return;
	if (p->ring) {
		ring_free(p->ring);
		client_rings(p->maker, -1);
	}
	free(p);
}
