/* SPDX-License-Identifier: ISC
 * Where the contents of writable files and of pipes live: each chunk and each ring is a frame of the server's own, mapped
 * into it.  Files and pipes have a limit each: whoever fills up /tmp stops nobody's pipes, nor the other way round. */
#include <mullion.h>
#include "files_pipe.h"
#include "files_tmp.h"

struct share {
	size_t held, limit; /* bytes */
};

static struct share files = {0, SIZE_MAX}, rings = {0, SIZE_MAX};

void chunks_limit(size_t most)
{
	files.limit = most;
}

void rings_limit(size_t most)
{
	rings.limit = most;
}

static int share_count(struct share *s, long more)
{
	if (more > 0 && (s->held > s->limit || (size_t)more > s->limit - s->held))
		return -1;
	s->held += (size_t)more;
	return 0;
}

int chunks_count(long more)
{
	return share_count(&files, more);
}

static void *pages_get(struct share *s, size_t len)
{
	int f_id = share_count(s, (long)len) ? 0 : page_alloc(len, 0);
	void *va = f_id > 0 ? vm_map(f_id, 0, 0, F_MAP_READ | F_MAP_WRITE) : NULL;

	if (!va && f_id > 0)
		page_free(f_id);
	if (!va && f_id)
		share_count(s, -(long)len);
	return va;
}

static void pages_put(struct share *s, void *va, size_t len)
{
	int f_id = vm_frame(va, NULL);

	vm_unmap(va, len);
	if (f_id > 0)
		page_free(f_id);
	share_count(s, -(long)len);
}

void *chunk_get(size_t len)
{
	return pages_get(&files, len);
}

void chunk_put(void *va, size_t len)
{
	pages_put(&files, va, len);
}

void *ring_new(void)
{
	return pages_get(&rings, PIPE_LEN);
}

void ring_free(void *va)
{
	pages_put(&rings, va, PIPE_LEN);
}
