/* SPDX-License-Identifier: ISC
 * The chunks of files_tmp.h.  Chunk 0 covers [0, 4K), 1 to 4 cover [4K << (i - 1), 4K << i), all later 64 KiB. */
#include <stdlib.h>
#include <string.h>
#include "files_tmp.h"

#define CHUNK_LEAST 0x1000u
#define CHUNK_MOST  0x10000u
#define CHUNKS_LOW  5 /* that cover [0, CHUNK_MOST) */

struct place {
	size_t index;
	size_t offset; /* in the chunk */
	size_t len;    /* of the chunk */
};

static struct place chunk_at(uint64_t pos)
{
	struct place p = {0, (size_t)pos, CHUNK_LEAST};

	if (pos >= CHUNK_MOST) {
		p.index = CHUNKS_LOW - 1 + (size_t)(pos / CHUNK_MOST);
		p.offset = (size_t)(pos % CHUNK_MOST);
		p.len = CHUNK_MOST;
		return p;
	}
	for (size_t start = CHUNK_LEAST; pos >= start; start *= 2) {
		p.index++;
		p.offset = (size_t)pos - start;
		p.len = start;
	}
	return p;
}

static size_t chunk_len(size_t index)
{
	if (index >= CHUNKS_LOW)
		return CHUNK_MOST;
	return index ? CHUNK_LEAST << (index - 1) : CHUNK_LEAST;
}

static size_t part(const struct place *p, size_t n)
{
	return p->len - p->offset < n ? p->len - p->offset : n;
}

void tmp_read(const struct tmp_file *f, uint64_t pos, void *buf, size_t n)
{
	uint8_t *to = buf;

	while (n) {
		struct place p = chunk_at(pos);
		size_t now = part(&p, n);
		const uint8_t *chunk = p.index < f->room ? f->chunk[p.index] : NULL;

		if (chunk)
			memcpy(to, chunk + p.offset, now);
		else
			memset(to, 0, now);
		to += now;
		pos += now;
		n -= now;
	}
}

/** Makes room for an index: doubling, so that appending costs the same however long the file is. */
static int chunks_grow(struct tmp_file *f, size_t index)
{
	size_t room = f->room ? f->room : 8;
	uint8_t **chunk;

	if (index < f->room)
		return 0;
	while (room <= index)
		room *= 2;
	if (chunks_count((long)((room - f->room) * sizeof(*chunk))))
		return -1;
	chunk = realloc(f->chunk, room * sizeof(*chunk));
	if (!chunk) {
		chunks_count(-(long)((room - f->room) * sizeof(*chunk)));
		return -1;
	}
	memset(chunk + f->room, 0, (room - f->room) * sizeof(*chunk));
	f->chunk = chunk;
	f->room = room;
	return 0;
}

size_t tmp_write(struct tmp_file *f, uint64_t pos, const void *buf, size_t n)
{
	const uint8_t *from = buf;
	size_t done = 0;

	while (done < n && pos < TMP_MOST) {
		struct place p = chunk_at(pos);
		size_t now = part(&p, n - done);

		if (chunks_grow(f, p.index))
			break;
		if (!f->chunk[p.index])
			f->chunk[p.index] = chunk_get(p.len);
		if (!f->chunk[p.index])
			break;
		memcpy(f->chunk[p.index] + p.offset, from + done, now);
		done += now;
		pos += now;
	}
	return done;
}

void tmp_cut(struct tmp_file *f, uint64_t len)
{
	struct place p = chunk_at(len);
	size_t keep = p.index + (p.offset != 0);

	for (size_t i = keep; i < f->room; i++) {
		if (f->chunk[i])
			chunk_put(f->chunk[i], chunk_len(i));
		f->chunk[i] = NULL;
	}
	if (p.offset && p.index < f->room && f->chunk[p.index])
		memset(f->chunk[p.index] + p.offset, 0, p.len - p.offset);
	if (len)
		return;
	free(f->chunk);
	chunks_count(-(long)(f->room * sizeof(*f->chunk)));
	*f = (struct tmp_file){NULL, 0};
}
