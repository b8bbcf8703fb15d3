/* SPDX-License-Identifier: ISC
 * Regions: reserve address space now, commit memory late, page by page, with two bits a page. */
#ifndef MULLION_REGION_H
#define MULLION_REGION_H

#include <stddef.h>
#include <stdint.h>

#define REGION_FREE      0 /* not allocated */
#define REGION_RESERVED  1 /* allocated, not committed */
#define REGION_COMMITTED 2 /* allocated, with memory */

struct region; /* opaque */

/** A region of `pages` pages.  NULL: no memory or no address space. */
struct region *region_new(size_t pages);
/** Frees the region, its pages and its address space. */
void region_free(struct region *r);
/** Allocates n adjacent pages, not committed.  NULL if there is no such run. */
void *region_reserve(struct region *r, size_t n);
/** Commits [va, va + n pages) of what was reserved, with zeroed memory of my own.  What was committed stays. ERR_… */
int region_commit(struct region *r, void *va, size_t n);
/** Gives back the memory of n pages; they stay reserved. */
int region_decommit(struct region *r, void *va, size_t n);
/** Gives back n pages wholly. */
int region_release(struct region *r, void *va, size_t n);
/** REGION_… of the page at va; ERR_RANGE outside. */
int region_state(const struct region *r, const void *va);
/** The region's first address. */
void *region_base(const struct region *r);

#endif
