/* SPDX-License-Identifier: ISC
 * Sets of runs of physical pages, by address: treaps in which every node knows the longest stretch below it for each
 * alignment.  So the lowest run that fits a length, an alignment and a limit is found in O(log n).  Their nodes lie densely at the
 * start of one array: what is beyond them can be taken away.  It knows pages and ids only; it makes no call. */
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

/** The nodes of some sets. */
struct run_room {
	struct run *node; /* the first n are in use */
	size_t n, most;   /* `most`: how many there may be, the owner's to say */
	struct runs *sets;
	uint32_t seed;
};

struct runs {
	struct run_room *room;
	struct runs *next; /* of the same room */
	struct run *root;
	size_t n;
	uint64_t pages; /* in all runs */
};

/** An empty set; once for each. */
void runs_start(struct runs *r, struct run_room *room);

/** Adds a run that overlaps none.  room->n is less than room->most. */
void runs_add(struct runs *r, uint32_t page, uint32_t n, int f_id);

/** Takes out the run that begins at `page`, and copies it to *out.  It must be there.  Other nodes move: pointers end. */
void runs_take(struct runs *r, uint32_t page, struct run *out);

/** The lowest run with n pages from an address that is a multiple of 1 << align pages, all below page `below`.
 * NULL: there is none. */
const struct run *runs_find(const struct runs *r, uint32_t n, unsigned align, uint64_t below);

/** The highest run with n pages from such an address. */
const struct run *runs_find_high(const struct runs *r, uint32_t n, unsigned align);

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
