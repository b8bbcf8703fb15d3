/* SPDX-License-Identifier: ISC
 * Holder counts of frames: a hash table of those frames alone that have more than one, open addressing, doubled when
 * three quarters full.  Knows nothing of what a frame is. */
#include <stdint.h>
#include "frame.h"
#include "memory.h"
#include "hold.h"
#include "page.h"
#include "vm.h"

struct hold {
	int f_id; /* 0: empty */
	int n;
};

static struct hold *holds;
static size_t holds_len, holds_n; /* entries: room, used */
static int holds_frame;

static size_t hold_slot(int f_id)
{
	return ((uint32_t)f_id * 2654435761u >> 8) & (holds_len - 1);
}

static struct hold *hold_find(int f_id)
{
	size_t i = hold_slot(f_id);

	while (holds[i].f_id && holds[i].f_id != f_id)
		i = (i + 1) & (holds_len - 1);
	return &holds[i];
}

static int holds_grow(void)
{
	size_t old_len = holds_len, len = old_len ? old_len * 2 : PAGE_SIZE / sizeof(struct hold);
	struct hold *old = holds;
	int old_frame = holds_frame;
	int f_id = page_alloc(len * sizeof(struct hold), 0);
	struct hold *room;

	if (f_id < 0)
		return f_id;
	room = vm_map(f_id, 0, 0, F_MAP_READ | F_MAP_WRITE);
	if (!room) {
		page_free(f_id);
		return vm_error();
	}
	holds = room;
	holds_len = len;
	holds_frame = f_id;
	for (size_t i = 0; i < old_len; i++) {
		if (old[i].f_id)
			*hold_find(old[i].f_id) = old[i];
	}
	if (!old)
		return 0;
	vm_unmap(old, old_len * sizeof(struct hold));
	return page_free(old_frame);
}

int hold_add(int f_id)
{
	struct hold *h;
	int r;

	if (4 * holds_n >= 3 * holds_len) {
		r = holds_grow();
		if (r < 0)
			return r;
	}
	h = hold_find(f_id);
	if (!h->f_id) {
		h->f_id = f_id;
		h->n = 1;
		holds_n++;
	}
	return ++h->n;
}

/* Takes an entry out and moves up those that its place kept from theirs. */
static void hold_remove(struct hold *h)
{
	size_t gap = (size_t)(h - holds), i = gap;

	for (;;) {
		i = (i + 1) & (holds_len - 1);
		if (!holds[i].f_id)
			break;
		size_t away = (i - hold_slot(holds[i].f_id)) & (holds_len - 1);
		if (away < ((i - gap) & (holds_len - 1)))
			continue;
		holds[gap] = holds[i];
		gap = i;
	}
	holds[gap].f_id = 0;
	holds_n--;
}

int hold_drop(int f_id)
{
	struct hold *h;
	int left;

	if (!holds_n)
		return 0;
	h = hold_find(f_id);
	if (!h->f_id)
		return 0;
	left = --h->n;
	if (left == 1)
		hold_remove(h);
	return left;
}
