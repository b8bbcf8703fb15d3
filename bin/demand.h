/* SPDX-License-Identifier: ISC
 * A demand-zero policy for lib/pager: the first touch of a page brings a zeroed frame, which stays the pager's.
 * Pages can be revoked; the next touch gives the same frame back, contents and all. */
#ifndef BIN_DEMAND_H
#define BIN_DEMAND_H

#include <stdlib.h>
#include <mullion.h>
#include "boot.h"
#include "hash.h"

#define DEMAND_LEAST USER_START /* below it a touch is a mistake */

struct demand_page {
	struct hash_link link; /* by page number */
	int f_id;
	int revoked;
};

struct demand {
	struct hash pages;
	unsigned faults, brought, revoked, returned;
	int client;       /* the process */
	int status;       /* of its end */
	unsigned dies_at; /* leaves the client at this fault, 0: never */
	unsigned revoke_at;
	uintptr_t first; /* the first page that was brought */
};

static inline struct demand_page *demand_find(const struct demand *d, uintptr_t address)
{
	struct hash_link *l = hash_first(&d->pages, (uint32_t)(address / PAGE_SIZE));

	return l ? hash_item(l, struct demand_page, link) : NULL;
}

/** Brings a page that was never there. */
static inline struct demand_page *demand_bring(struct demand *d, uintptr_t address)
{
	struct demand_page *page = calloc(1, sizeof(*page));

	if (!page)
		return NULL;
	page->f_id = page_alloc(PAGE_SIZE, 0);
	if (page->f_id < 0 || hash_add(&d->pages, &page->link, (uint32_t)(address / PAGE_SIZE))) {
		free(page);
		return NULL;
	}
	d->first = d->brought++ ? d->first : address;
	return page;
}

/** Takes a page out of every table, whoever's: it faults at its next touch. */
static inline void demand_revoke(struct demand *d, uintptr_t address)
{
	struct demand_page *page = demand_find(d, address);

	if (!page || frame_unmap(0, page->f_id, 0, 0) < 0)
		return;
	page->revoked = 1;
	d->revoked++;
}

/** Decides a fault of the client. */
static inline int demand_fault(struct demand *d, const struct pager_fault *f)
{
	struct demand_page *page = demand_find(d, f->address);
	int r;

	if (f->address < DEMAND_LEAST || !(f->kind & FAULT_NOMAP) || f->kind & FAULT_EXEC)
		return 139;
	d->faults++;
	if (page && page->revoked) {
		page->revoked = 0;
		d->returned++;
	}
	page = page ? page : demand_bring(d, f->address);
	if (!page)
		return 139;
	r = pager_map(f, page->f_id, 0, PAGE_SIZE, F_MAP_READ | F_MAP_WRITE);
	return r < 0 && r != ERR_EXISTS ? 139 : 0;
}

#endif
