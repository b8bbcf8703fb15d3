/* SPDX-License-Identifier: ISC
 * The free runs of physical memory, by address: a treap in which every node knows the longest stretch below
 * it for each alignment.  So the lowest run that fits a length, an alignment and a limit is found in O(log n).
 * It knows pages and ids only; it makes no call. */
#ifndef INIT_RUNS_H
#define INIT_RUNS_H

#include <stddef.h>
#include <stdint.h>

#define RUN_ALIGNS 20 /* one page << 0 to << 19 */

struct run {
	uint32_t page, n; /* where it begins, how many pages */
	int f_id;
	uint32_t order; /* the heap's: random */
	struct run *left, *right;
	uint32_t fit[RUN_ALIGNS]; /* pages of the longest stretch in this subtree that begins so aligned */
};

struct runs {
	struct run *root;
	struct run *spare; /* unused nodes, by `left` */
	size_t spare_n;
	size_t n;
	uint64_t free_pages;
	uint32_t seed;
};

/** Room for more nodes: as many as fit into `len` bytes at `mem`. */
void runs_room(struct runs *r, void *mem, size_t len);

/** Adds a run that overlaps none.  A spare node must be there. */
void runs_add(struct runs *r, uint32_t page, uint32_t n, int f_id);

/** Takes out the run that begins at `page`, and copies it to *out.  It must be there. */
void runs_take(struct runs *r, uint32_t page, struct run *out);

/** The lowest run with n pages from an address that is a multiple of 1 << align pages, all below page `below`.
 * NULL: there is none. */
const struct run *runs_find(const struct runs *r, uint32_t n, unsigned align, uint64_t below);

/** The run that contains or precedes `page`, the one that begins at or after it; NULL: none. */
const struct run *runs_before(const struct runs *r, uint32_t page);
const struct run *runs_after(const struct runs *r, uint32_t page);

/** The first page of a run so aligned; pages are numbered below 1 << 20, so nothing wraps. */
static inline uint32_t run_start(uint32_t page, unsigned align)
{
	uint32_t mask = (1u << align) - 1;

	return (page + mask) & ~mask;
}

#endif
