/* SPDX-License-Identifier: ISC
 * The frame that all of fuzz_many's processes are cut from: takes pieces of it, and puts together what came back. */
#ifndef FUZZ_POOL_H
#define FUZZ_POOL_H

#include <stdio.h>
#include <stdlib.h>
#include "test.h"

#define POOL_LEN  (4 * SECTION_SIZE)
#define SPARE_MAX 1024

static struct frame pool;
static struct frame spare[SPARE_MAX]; /* what I have of it */
static int spare_n;

static void spare_add(int f_id, size_t pa, size_t len)
{
	if (spare_n < SPARE_MAX && len)
		spare[spare_n++] = (struct frame){.f_id = f_id, .pa = pa, .len = len};
}

/* A frame of the pool, or 0. */
static int pool_take(size_t len, size_t align)
{
	for (int n = 0; n < spare_n; n++) {
		struct frame f = spare[n];
		size_t before = -f.pa & (align - 1);
		int upper;

		if (before + len > f.len)
			continue;
		if (before) {
			upper = frame_split(f.f_id, before);
			if (upper < 0)
				return 0;
			spare[n].len = before;
			spare_add(upper, f.pa + before, f.len - before);
			n = spare_n - 2; /* the upper part is the next */
			continue;
		}
		upper = len < f.len ? frame_split(f.f_id, len) : 0;
		if (upper < 0)
			return 0;
		spare[n] = spare[--spare_n];
		spare_add(upper, f.pa + len, f.len - len);
		return f.f_id;
	}
	return 0;
}

/* Makes a frame of mine plain memory again, if that can be. */
static bool frame_reclaim(const struct frame *f)
{
	frame_unmap(0, f->f_id, 0, 0);
	if (f->kind == FRAME_L1 || f->kind == FRAME_L2)
		frame_unmap(f->f_id, 0, 0, f->kind == FRAME_L1 ? USER_END : L2_SPAN);
	return f->kind == FRAME_MEM || frame_table(f->f_id, FRAME_MEM) == 0;
}

static int spare_order(const void *a, const void *b)
{
	const struct frame *x = a, *y = b;

	return (x->pa > y->pa) - (x->pa < y->pa);
}

static void spare_merge(void)
{
	int to = 0;

	qsort(spare, (size_t)spare_n, sizeof *spare, spare_order);
	for (int n = 1; n < spare_n; n++)
		if (frame_merge(spare[to].f_id, spare[n].f_id) == 0)
			spare[to].len += spare[n].len;
		else
			spare[++to] = spare[n];
	spare_n = spare_n ? to + 1 : 0;
}

static bool in_pool(const struct frame *f)
{
	return f->pa - pool.pa < POOL_LEN;
}

/* Takes all of the pool that is mine now out of all tables, and joins it as far as it goes. */
static void pool_tidy(void)
{
	struct frame f;

	spare_n = 0;
	for (int f_id = CHECK_OK(frame_next(0, 0)); f_id; f_id = CHECK_OK(frame_next(0, f_id))) {
		CHECK_OK(frame_info(f_id, &f));
		if (in_pool(&f) && f.kind != FRAME_PROC && f.kind != FRAME_THREAD && frame_reclaim(&f))
			spare_add(f_id, f.pa, f.len);
	}
	spare_merge();
}

/* What is mine of it, for who looks for the rest. */
static void pool_show(void)
{
	struct frame f;

	for (int f_id = CHECK_OK(frame_next(0, 0)); f_id; f_id = CHECK_OK(frame_next(0, f_id))) {
		CHECK_OK(frame_info(f_id, &f));
		if (in_pool(&f))
			printf("  frame %d of kind %d: at %#x, %#x bytes, %d mappings; to memory: %s\n", f_id, f.kind,
				(unsigned)(f.pa - pool.pa), (unsigned)f.len, f.maps,
				err_string(frame_table(f_id, FRAME_MEM)));
	}
}

static int table_take(int kind)
{
	size_t len = kind == FRAME_L1 ? L1_SIZE : L2_SIZE;
	int f_id = pool_take(len, len);

	return f_id && frame_table(f_id, kind) == 0 ? f_id : 0;
}

#endif
