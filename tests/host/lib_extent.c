/* SPDX-License-Identifier: ISC
 * Claim: the library's trees of extents and ranges agree with a plain bitmap over 20,000 random operations: neighbours,
 * fits (length, alignment, limit) and sets of addresses.  It cannot show that nodes never run out. */
#include "../../lib/extent.c"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGES 512
#define PAGE  0x1000u

static uint8_t in[PAGES];
static struct extent *tree;
static int nodes;

struct extent *extent_node(void)
{
	nodes++;
	return calloc(1, sizeof(struct extent));
}

void extent_node_free(struct extent *e)
{
	nodes--;
	free(e);
}

/** The run of pages in the set that begins at the lowest fitting place, -1 if none. */
static long model_fits(uint32_t n, uint32_t align, uint32_t below)
{
	for (uint32_t p = 0; p < PAGES; p += align) {
		uint32_t i = 0;

		while (i < n && p + i < PAGES && in[p + i])
			i++;
		if (i == n && (!below || p + n <= below))
			return (long)p;
	}
	return -1;
}

static void compare_neighbours(uint32_t page)
{
	const struct extent *before = extent_before(tree, page * PAGE), *after = extent_after(tree, page * PAGE);
	long start = page;

	if (in[page]) {
		while (start && in[start - 1])
			start--;
		assert(before && before->start == (uintptr_t)start * PAGE);
	}
	for (start = page; start < PAGES && (!in[start] || (start && in[start - 1])); start++)
		;
	assert(start == PAGES ? !after : after && after->start == (uintptr_t)start * PAGE);
}

static void compare_fit(void)
{
	uint32_t n = 1 + (uint32_t)rand() % 40, align = 1u << rand() % 5,
		 below = rand() % 2 ? (uint32_t)rand() % PAGES : 0;
	struct extent *e = extent_fit(tree, n * PAGE, align * PAGE, below * PAGE);
	long want = model_fits(n, align, below);
	uintptr_t at;

	assert((e != NULL) == (want >= 0));
	if (!e)
		return;
	at = extent_high(e, n * PAGE, align * PAGE, below * PAGE);
	assert(at % (align * PAGE) == 0 && at >= e->start && at + n * PAGE <= e->start + e->len);
	assert(!below || at + n * PAGE <= below * PAGE);
}

int main(void)
{
	srand(1);
	for (int step = 0; step < 20000; step++) {
		uint32_t page = (uint32_t)rand() % PAGES, n = 1 + (uint32_t)rand() % 16;

		if (page + n > PAGES)
			n = PAGES - page;
		if (rand() % 2)
			range_put(&tree, page * PAGE, n * PAGE), memset(in + page, 1, n);
		else
			range_take(&tree, page * PAGE, n * PAGE), memset(in + page, 0, n);
		compare_neighbours((uint32_t)rand() % PAGES);
		compare_fit();
	}
	range_take(&tree, 0, PAGES * PAGE);
	assert(!tree && nodes == 0);
	return 0;
}
