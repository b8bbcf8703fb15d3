/* SPDX-License-Identifier: ISC
 * The pool of records.  Owns the lists of free records that are the processes' credits.  Never decides who may have a record.
 * Keeps rule 7: a record is in exactly one list or in use. */
#include "kern.h"

_Static_assert(sizeof(struct record) == RECORD_SIZE, "indexed as an array");
_Static_assert(sizeof(struct frame_rec) <= RECORD_SIZE, "a frame fits a record");
_Static_assert(sizeof(struct map_rec) <= RECORD_SIZE, "a mapping fits a record");
_Static_assert(sizeof(struct grant_rec) <= RECORD_SIZE, "a grant fits a record");

static pa_t boot_page; /* the first page of records, which no frame holds */

/* Out of its callers' sight: they go on with it as what it is a copy of, which C takes for another object. */
struct record *record_copy(struct proc *p, const struct record *from)
{
	struct record *to = record_take(p);

	*to = *from;
	return to;
}

void record_page_add(struct proc *p, pa_t pa)
{
	struct record *r = record_page(pa);

	if (!boot_page)
		boot_page = pa;
	mem_clear(r, PAGE_SIZE);
	for (uint32_t i = 1; i < RECORD_PER_PAGE; i++) {
		r[i].tid = RECORD_FREE;
		r[i].holder = p;
		list_add(&p->records, &r[i].free);
	}
	p->info.credits += CREDIT_PER_PAGE;
}

void record_hand(struct record *r, struct proc *to)
{
	r->holder->info.credits--;
	list_del(&r->free);
	r->holder = to;
	list_add(&to->records, &r->free);
	to->info.credits++;
}

void record_page_give(struct proc *from, struct proc *to, pa_t pa)
{
	for (uint32_t i = 1; i < RECORD_PER_PAGE; i++) {
		struct record *r = record_page(pa) + i;

		if (r->tid != RECORD_FREE || r->holder != from)
			r = container_of(from->records.next, struct record, free);
		record_hand(r, to);
	}
}

void record_pages(void (*page)(struct record *head))
{
	page(record_page(boot_page));
	for (struct proc *p = first_proc; p; p = proc_after(p, first_proc))
		for (const struct link *l = p->frames.next; l != &p->frames; l = l->next) {
			const struct frame_rec *f = container_of(l, struct frame_rec, owned);

			for (uint32_t at = 0; f->kind == FRAME_RECORDS && at < f->filled; at += PAGE_SIZE)
				page(record_page(f->pa + at));
		}
}
