/* SPDX-License-Identifier: ISC
 * The page pool: MEM frames of my own that nobody uses, unmapped, in a tree by physical address.  A frame is cut off
 * the top of an extent and merged with its neighbours when it comes back, so what is free stays in few large frames.
 * Memory that is known to be zero is kept apart from what must be cleared.  It never touches a frame in use. */
#include <string.h>
#include "self.h"
#include "memory.h"
#include "extent.h"
#include "page.h"
#include "hold.h"
#include "room.h"
#include "msg.h"
#include "proto.h"

#define POOL_CHUNK (64 * 1024)   /* least that is asked for */
#define POOL_MOST  (1024 * 1024) /* more than that goes back, */
#define POOL_KEEP  (512 * 1024)  /* down to this */
#define FETCH_FREE 8             /* pages that are asked for at a time for the sake of their credits */

static struct extent *pool;
static size_t pool_len;   /* bytes in the pool */
static size_t served_len; /* bytes got from the server so far, less what went back */

static void pool_insert(int f_id, uintptr_t pa, size_t len, int clean)
{
	struct extent *e = extent_node();

	e->start = pa;
	e->len = len;
	e->id = f_id;
	e->clean = clean;
	extent_insert(&pool, e);
}

/* Joins two adjacent extents.  The lower frame's id stays. */
static int extents_merge(struct extent *low, struct extent *high)
{
	int r;

	if (low->start + low->len != high->start)
		return ERR_RANGE;
	r = frame_merge(low->id, high->id);
	if (r < 0)
		return r;
	low->clean = low->clean && high->clean;
	extent_remove(&pool, high->start);
	extent_resize(pool, low, low->start, low->len + high->len);
	extent_node_free(high);
	return 0;
}

static void pool_add(int f_id, uintptr_t pa, size_t len, int clean)
{
	struct extent *e, *near;

	pool_len += len;
	pool_insert(f_id, pa, len, clean);
	e = extent_before(pool, pa);
	near = extent_after(pool, pa + len);
	if (near && near->clean == clean)
		extents_merge(e, near);
	near = extent_before(pool, pa - 1);
	if (near && near->clean == clean)
		extents_merge(near, e);
}

/* Joins clean with dirty neighbours, for want of anything else.  Returns how many joins there were. */
static int pool_join(void)
{
	struct extent *e = extent_after(pool, 0);
	int joins = 0;

	while (e) {
		struct extent *next = extent_after(pool, e->start + 1);

		if (!next)
			break;
		if (extents_merge(e, next) < 0)
			e = next;
		else
			joins++;
	}
	return joins;
}

static int pool_get(size_t len, size_t align, uint32_t below)
{
	struct msg m = {.tag = INIT_MEM_GET, .word = {(uint32_t)len, (uint32_t)align, below}};
	int r = msg_call(self.init, &m, -1);

	if (r < 0)
		return r;
	return m.tag < 0 ? m.tag : m.frame;
}

/* Asks for a quarter of what there is already, so that asking stays rare, or for just enough. */
__attribute__((weak)) int page_more(size_t len, size_t align, uint32_t below)
{
	size_t chunk = served_len / 4 < POOL_CHUNK ? POOL_CHUNK : served_len / 4;
	int f_id;

	if (!self.init)
		return ERR_MEMORY;
	chunk = (chunk > POOL_KEEP ? POOL_KEEP : chunk) & ~(size_t)(PAGE_SIZE - 1);
	if (chunk > len) {
		f_id = pool_get(chunk, align, below);
		if (f_id > 0)
			return f_id;
	}
	return pool_get(len, align, below);
}

__attribute__((weak)) int page_less(int f_id)
{
	struct msg m = {.tag = INIT_MEM_PUT, .frame = f_id};
	int r;

	if (!self.init)
		return ERR_CALL;
	r = msg_call(self.init, &m, -1);
	return r < 0 ? r : m.tag;
}

static int pool_grow(size_t len, size_t align, uint32_t below)
{
	int f_id = page_more(len, align, below);
	struct frame f;
	int r;

	if (f_id < 0)
		return f_id;
	r = frame_info(f_id, &f);
	if (r < 0)
		return r;
	served_len += f.len;
	pool_add(f_id, f.pa, f.len, 1);
	return 0;
}

int page_fetch(void)
{
	int f_id = self.init && memory_prepare() >= 0 ? pool_get(PAGE_SIZE, 0, 0) : ERR_CALL;
	struct frame f;

	if (f_id < 0 || frame_info(f_id, &f) < 0)
		return ERR_MEMORY;
	served_len += f.len;
	pool_add(f_id, f.pa, f.len, 1);
	return 0;
}

/* Cuts [at, at + len) out of e.  The frame's id; on an error e is as it was. */
static int pool_carve(struct extent *e, uintptr_t at, size_t len)
{
	uintptr_t start = e->start, end = e->start + e->len;
	int clean = e->clean, f_id = e->id, rest = 0;

	if (at > start) {
		f_id = frame_split(e->id, at - start);
		if (f_id < 0)
			return f_id;
	}
	if (at + len < end) {
		rest = frame_split(f_id, len);
		if (rest < 0) {
			if (at > start)
				frame_merge(e->id, f_id);
			return rest;
		}
	}
	if (at > start)
		extent_resize(pool, e, start, at - start);
	else
		extent_node_free(extent_remove(&pool, start));
	if (rest)
		pool_insert(rest, at + len, end - at - len, clean);
	pool_len -= len;
	return f_id;
}

int page_pooled(uintptr_t pa)
{
	return extent_has(pool, pa);
}

int page_take_whole(void)
{
	struct extent *e = extent_after(pool, 0);
	int f_id;

	if (!e)
		return ERR_MEMORY;
	f_id = e->id;
	pool_len -= e->len;
	extent_node_free(extent_remove(&pool, e->start));
	return f_id;
}

static struct extent *pool_find(size_t len, size_t align, uint32_t below)
{
	struct extent *e = extent_fit(pool, len, align, below);

	if (!e && pool_len >= len && pool_join())
		e = extent_fit(pool, len, align, below);
	return e;
}

static void page_clear(int f_id, size_t len)
{
	int table = table_find(SELF_ZERO_VA);
	size_t at, n;

	for (at = 0; at < len; at += n) {
		n = len - at < SELF_ZERO_LEN ? len - at : SELF_ZERO_LEN;
		frame_map(table, f_id, SELF_ZERO_VA, at, n, F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE);
		memset((void *)SELF_ZERO_VA, 0, n);
		frame_unmap(table, f_id, SELF_ZERO_VA, n);
	}
}

/* The extent that memory comes from: of the pool, of the server, or, as the last resort, of room for records that is idle. */
static struct extent *pool_need(size_t len, size_t align, uint32_t below, int *err)
{
	struct extent *e = pool_find(len, align, below);

	if (e)
		return e;
	*err = pool_grow(len, align, below);
	if (*err >= 0)
		*err = ERR_MEMORY;
	e = pool_find(len, align, below);
	while (!e && room_trim(2 * SELF_CREDITS))
		e = pool_find(len, align, below);
	return e;
}

int page_take(size_t len, size_t align, uint32_t below, int zero)
{
	struct extent *e;
	int clean, f_id, r;

	r = memory_prepare();
	if (r < 0)
		return r;
	e = pool_need(len, align, below, &r);
	if (!e)
		return r;
	clean = e->clean;
	f_id = pool_carve(e, extent_high(e, len, align, below), len);
	if (f_id > 0 && zero && !clean)
		page_clear(f_id, len);
	return f_id;
}

/* Gives the server the upper `len` bytes of an extent, or all of it. */
static int pool_return(struct extent *e, size_t len)
{
	uintptr_t at;
	int f_id, r;

	if (len > e->len)
		len = e->len;
	at = e->start + e->len - len;
	f_id = pool_carve(e, at, len);
	if (f_id < 0)
		return f_id;
	r = page_less(f_id);
	if (r < 0)
		pool_add(f_id, at, len, 0);
	else
		served_len -= len < served_len ? len : served_len;
	return r;
}

/* Gives the server what is too much, from the highest address down: it hands out the lowest first, so what stays lies where what
 * stays of others does, and leaves the rest whole. */
static void pool_shed(void)
{
	while (pool_len > POOL_KEEP && pool_return(extent_before(pool, UINTPTR_MAX), pool_len - POOL_KEEP) >= 0)
		;
}

void page_gather(void)
{
	struct extent *e;

	pool_join();
	e = extent_before(pool, UINTPTR_MAX);
	while (e && e != extent_after(pool, 0) && pool_return(e, e->len) >= 0)
		e = extent_before(pool, UINTPTR_MAX);
	pool_shed();
}

int page_put(int f_id, int clean)
{
	struct frame f;
	int r = frame_info(f_id, &f);

	if (r < 0)
		return r;
	if (f.kind != FRAME_MEM)
		return ERR_KIND;
	if (!node_count())
		return ERR_MEMORY;
	pool_add(f_id, f.pa, f.len, clean);
	if (pool_len > POOL_MOST)
		pool_shed();
	return 0;
}

int page_alloc_below(size_t len, size_t align, uint32_t below)
{
	int f_id;

	if (align & (align - 1) || (align && align < PAGE_SIZE))
		return ERR_ALIGN;
	if (!len || len % PAGE_SIZE)
		return ERR_RANGE;
	memory_lock();
	f_id = page_take(len, align ? align : PAGE_SIZE, below, 1);
	memory_unlock();
	return f_id;
}

int page_alloc(size_t len, size_t align)
{
	return page_alloc_below(len, align, 0);
}

int page_free(int f_id)
{
	struct frame f;
	int r;

	memory_lock();
	r = frame_info(f_id, &f);
	if (r >= 0 && f.kind != FRAME_MEM)
		r = ERR_KIND;
	if (r >= 0 && !hold_drop(f_id)) {
		if (f.maps)
			r = frame_unmap(0, f_id, 0, 0);
		if (r >= 0)
			r = page_put(f_id, 0);
		for (int n = 0; n < FETCH_FREE && room_idle() && page_fetch() >= 0; n++)
			;
		memory_prepare();
	}
	memory_unlock();
	return r;
}

/* Empties a table and takes it from where it stands. */
static int table_unmake(int f_id, int kind)
{
	frame_unmap(f_id, 0, 0, kind == FRAME_L1 ? USER_END : L2_SPAN);
	frame_unmap(0, f_id, 0, 0);
	return frame_table(f_id, FRAME_MEM);
}

int page_scrap(int f_id)
{
	struct frame f;
	int r = frame_info(f_id, &f);

	if (r < 0)
		return r;
	switch (f.kind) {
	case FRAME_L1:
	case FRAME_L2:
		r = table_unmake(f_id, f.kind);
		break;
	case FRAME_DEV:
		frame_unmap(0, f_id, 0, 0);
		return page_less(f_id);
	case FRAME_RECORDS:
		memory_lock();
		memory_prepare();
		room_add(f_id);
		room_trim(room_credits());
		memory_unlock();
		return 0;
	}
	return r < 0 ? r : page_free(f_id);
}

int page_hold(int f_id)
{
	struct frame f;
	int r;

	memory_lock();
	r = frame_info(f_id, &f);
	if (r >= 0)
		r = hold_add(f_id);
	memory_unlock();
	return r;
}
