/* SPDX-License-Identifier: ISC
 * Where the contents of writable files live: each chunk is a frame of the server's own, mapped into it. */
#include <mullion.h>
#include "files_tmp.h"

static size_t held, limit = SIZE_MAX;

void chunks_limit(size_t most)
{
	limit = most;
}

int chunks_count(long more)
{
	if (more > 0 && (size_t)more > limit - held)
		return -1;
	held += (size_t)more;
	return 0;
}

void *chunk_get(size_t len)
{
	int f_id = chunks_count((long)len) ? 0 : page_alloc(len, 0);
	void *va = f_id > 0 ? vm_map(f_id, 0, 0, F_MAP_READ | F_MAP_WRITE) : NULL;

	if (!va && f_id > 0)
		page_free(f_id);
	if (!va && f_id)
		chunks_count(-(long)len);
	return va;
}

void chunk_put(void *va, size_t len)
{
	int f_id = vm_frame(va, NULL);

	vm_unmap(va, len);
	if (f_id > 0)
		page_free(f_id);
	chunks_count(-(long)len);
}
