/* SPDX-License-Identifier: ISC
 * Regions: an address range whose pages are tracked with two bits each.  Owns its reservation and the frames it
 * committed; looks for free runs a word of 16 pages at a time. */
#include <stdlib.h>
#include <string.h>
#include "frame.h"
#include "page.h"
#include "region.h"
#include "vm.h"

#define PER_WORD 16 /* pages whose states one word holds */

struct region {
	uint8_t *base;
	size_t pages;
	uint32_t states[];
};

static int state_get(const struct region *r, size_t i)
{
	return (int)(r->states[i / PER_WORD] >> i % PER_WORD * 2 & 3);
}

static void state_set(struct region *r, size_t i, size_t n, int state)
{
	for (; n--; i++) {
		uint32_t *word = &r->states[i / PER_WORD];

		*word = (*word & ~(3u << i % PER_WORD * 2)) | (uint32_t)state << i % PER_WORD * 2;
	}
}

struct region *region_new(size_t pages)
{
	size_t words = (pages + PER_WORD - 1) / PER_WORD;
	struct region *r;

	if (!pages || pages > USER_END / PAGE_SIZE)
		return NULL;
	r = calloc(1, sizeof *r + words * sizeof r->states[0]);
	if (!r)
		return NULL;
	r->pages = pages;
	r->base = vm_reserve(pages * PAGE_SIZE, 0);
	if (r->base)
		return r;
	free(r);
	return NULL;
}

void *region_base(const struct region *r)
{
	return r->base;
}

/* The page's number, or -1 outside. */
static int page_of(const struct region *r, const void *va, size_t n)
{
	uintptr_t at = (uintptr_t)va - (uintptr_t)r->base;

	if (at % PAGE_SIZE || at / PAGE_SIZE >= r->pages || n > r->pages - at / PAGE_SIZE)
		return -1;
	return (int)(at / PAGE_SIZE);
}

void *region_reserve(struct region *r, size_t n)
{
	size_t run = 0;

	for (size_t i = 0; n && i < r->pages; i++) {
		if (run == 0 && i % PER_WORD == 0 && r->states[i / PER_WORD] == 0x55555555u) {
			i += PER_WORD - 1; /* all reserved */
			continue;
		}
		run = state_get(r, i) == REGION_FREE ? run + 1 : 0;
		if (run == n) {
			state_set(r, i + 1 - n, n, REGION_RESERVED);
			return r->base + (i + 1 - n) * PAGE_SIZE;
		}
	}
	return NULL;
}

/* Puts one frame under the run of n reserved pages at i. */
static int commit_run(struct region *r, size_t i, size_t n)
{
	int f_id = page_alloc(n * PAGE_SIZE, 0), err;

	if (f_id < 0)
		return f_id;
	err = vm_map_at(r->base + i * PAGE_SIZE, f_id, 0, 0, F_MAP_READ | F_MAP_WRITE);
	if (err < 0) {
		page_free(f_id);
		return err;
	}
	state_set(r, i, n, REGION_COMMITTED);
	return 0;
}

int region_commit(struct region *r, void *va, size_t n)
{
	int first = page_of(r, va, n), err;

	if (first < 0)
		return ERR_RANGE;
	for (size_t k = 0; k < n; k++)
		if (state_get(r, (size_t)first + k) == REGION_FREE)
			return ERR_NOMAP;
	for (size_t k = 0, run; k < n; k += run) {
		size_t i = (size_t)first + k;
		int state = state_get(r, i);

		for (run = 1; k + run < n && state_get(r, i + run) == state; run++)
			;
		err = state == REGION_RESERVED ? commit_run(r, i, run) : 0;
		if (err < 0)
			return err;
	}
	return 0;
}

/* A frame may lie under more pages than these: what stays is cut off, and the middle is freed. */
static int page_uncommit(struct region *r, size_t i)
{
	void *va = r->base + i * PAGE_SIZE;
	size_t offset;
	struct frame f;
	int f_id = vm_frame(va, &offset), upper;

	if (f_id < 0)
		return f_id;
	if (offset) {
		f_id = frame_split(f_id, offset);
		if (f_id < 0)
			return f_id;
	}
	if (frame_info(f_id, &f) == 0 && f.len > PAGE_SIZE) {
		upper = frame_split(f_id, PAGE_SIZE);
		if (upper < 0)
			return upper;
	}
	vm_unmap(va, PAGE_SIZE);
	page_free(f_id);
	state_set(r, i, 1, REGION_RESERVED);
	return 0;
}

int region_decommit(struct region *r, void *va, size_t n)
{
	int first = page_of(r, va, n), err;

	if (first < 0)
		return ERR_RANGE;
	for (size_t i = (size_t)first; i < (size_t)first + n; i++) {
		err = page_credits(4);
		if (err >= 0 && state_get(r, i) == REGION_COMMITTED)
			err = page_uncommit(r, i);
		if (err < 0)
			return err;
	}
	return 0;
}

int region_release(struct region *r, void *va, size_t n)
{
	int err = region_decommit(r, va, n);

	if (err >= 0)
		state_set(r, (size_t)page_of(r, va, n), n, REGION_FREE);
	return err;
}

int region_state(const struct region *r, const void *va)
{
	int i = page_of(r, (const void *)((uintptr_t)va & ~(uintptr_t)(PAGE_SIZE - 1)), 1);

	return i < 0 ? ERR_RANGE : state_get(r, (size_t)i);
}

void region_free(struct region *r)
{
	region_decommit(r, r->base, r->pages);
	vm_release(r->base, r->pages * PAGE_SIZE);
	free(r);
}
