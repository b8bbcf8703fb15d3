/* SPDX-License-Identifier: ISC
 * The pool of records.  Owns the record window (which donated page stands where), the lists of free records
 * that are the processes' credits, and the generations that make ids unique (contract §1).  Never decides who
 * may have a record.  Keeps rule 7: a record is in exactly one list or in use. */
#include "kern.h"

_Static_assert(sizeof(struct record) == RECORD_SIZE, "indexed as an array");
_Static_assert(sizeof(struct frame_rec) == RECORD_SIZE, "a frame fills a record");
_Static_assert(sizeof(struct map_rec) <= RECORD_SIZE, "a mapping fits a record");
_Static_assert(sizeof(struct grant_rec) <= RECORD_SIZE, "a grant fits a record");

#define GEN_BITS     10
#define GEN_PER_WORD 3
#define GEN_WORDS    ((RECORD_PER_PAGE - 1 + GEN_PER_WORD - 1) / GEN_PER_WORD)

/** One page of the window.  While it holds no records: the generation that each slot is to go on from, without which a stale
 * id could name something too early, and the next in the queue. */
struct window_page {
	uint32_t gens[GEN_WORDS], thread_gens[GEN_WORDS];
	uint32_t next;
};

struct record *records;

static struct window_page *window;
static uint32_t window_first, window_last; /* the queue of pages that held records once */
static uint32_t window_free;               /* pages that hold none */
static uint32_t window_fresh;              /* those of them that never did: from window_top on */
static uint32_t window_top;

static struct record *record_at(uint32_t page, uint32_t i)
{
	return &records[page * RECORD_PER_PAGE + i];
}

void records_init(unsigned window_pages)
{
	records = record_window_init(window_pages);
	window = boot_reserve(window_pages * (uint32_t)sizeof *window);
	window_free = window_fresh = window_pages;
}

static void gens_save(uint32_t *words, uint32_t i, uint32_t gen)
{
	uint32_t at = (i - 1) % GEN_PER_WORD * GEN_BITS, *word = &words[(i - 1) / GEN_PER_WORD];

	*word = (*word & ~(ID_GEN_MASK << at)) | gen << at;
}

static uint16_t gens_load(const uint32_t *words, uint32_t i)
{
	return words[(i - 1) / GEN_PER_WORD] >> (i - 1) % GEN_PER_WORD * GEN_BITS & ID_GEN_MASK;
}

/* A page for records: one that never held any, or the one that has held none for longest, so that slots come back as late as
 * possible. */
static uint32_t window_take(void)
{
	uint32_t page = window_first;

	window_free--;
	if (window_fresh) {
		window_fresh--;
		for (unsigned i = 0; i < GEN_WORDS; i++)
			window[window_top].gens[i] = window[window_top].thread_gens[i] = 0;
		return window_top++;
	}
	window_first = window[page].next;
	return page;
}

static void window_put(uint32_t page)
{
	if (window_free++ == window_fresh)
		window_first = page;
	else
		window[window_last].next = page;
	window_last = page;
}

void *record_take(struct proc *p)
{
	struct record *r = container_of(p->records.next, struct record, free);

	list_del(&r->free);
	r->tid = 0;
	p->info.credits--;
	return r;
}

void record_free(struct proc *p, void *rec)
{
	struct record *r = rec;

	r->id = 0;
	r->tid = RECORD_FREE;
	r->holder = p;
	list_add(&p->records, &r->free);
	p->info.credits++;
}

bool record_room(uint32_t n)
{
	return n <= window_free;
}

void record_page_add(struct frame_rec *f, struct proc *p, pa_t pa)
{
	uint32_t page = window_take();
	struct record_page *head;

	mem_clear(phys_va(pa), PAGE_SIZE);
	record_window_set(page, pa);
	head = (struct record_page *)(void *)record_at(page, 0);
	head->id = -1;
	head->frame = f;
	head->window = page;
	for (uint32_t i = 1; i < RECORD_PER_PAGE; i++) {
		struct record *r = record_at(page, i);

		r->gen = gens_load(window[page].gens, i);
		r->thread_gen = gens_load(window[page].thread_gens, i);
		r->tid = RECORD_FREE;
		r->holder = p;
		list_add(&p->records, &r->free);
	}
	p->info.credits += CREDIT_PER_PAGE;
}

static uint32_t page_window(pa_t pa)
{
	return ((struct record_page *)phys_va(pa))->window;
}

bool record_page_idle(pa_t pa)
{
	uint32_t page = page_window(pa);

	for (uint32_t i = 1; i < RECORD_PER_PAGE; i++)
		if (record_at(page, i)->tid != RECORD_FREE)
			return false;
	return true;
}

/* A free record of p outside the page, which is being taken out. */
static struct record *record_elsewhere(struct proc *p, uint32_t page)
{
	struct link *l = p->records.next;

	while ((record_index(container_of(l, struct record, free)) / RECORD_PER_PAGE) == page)
		l = l->next;
	return container_of(l, struct record, free);
}

void record_hand(struct record *r, struct proc *to)
{
	r->holder->info.credits--;
	list_del(&r->free);
	r->holder = to;
	list_add(&to->records, &r->free);
	to->info.credits++;
}

void record_page_remove(struct proc *p, pa_t pa)
{
	uint32_t page = page_window(pa);

	for (uint32_t i = 1; i < RECORD_PER_PAGE; i++) {
		struct record *r = record_at(page, i);
		struct proc *other = r->holder;

		if (other != p) {
			record_hand(r, p);
			record_hand(record_elsewhere(p, page), other);
		}
		list_del(&r->free);
		p->info.credits--;
		gens_save(window[page].gens, i, r->gen);
		gens_save(window[page].thread_gens, i, r->thread_gen);
	}
	record_window_set(page, 0);
	mem_clear(phys_va(pa), PAGE_SIZE);
	window_put(page);
}

void record_page_give(struct proc *from, struct proc *to, pa_t pa)
{
	uint32_t page = page_window(pa);

	for (uint32_t i = 1; i < RECORD_PER_PAGE; i++) {
		struct record *r = record_at(page, i);

		if (r->tid != RECORD_FREE || r->holder != from)
			r = container_of(from->records.next, struct record, free);
		record_hand(r, to);
	}
}

void record_pages(void (*page)(struct record *head))
{
	for (uint32_t i = 0; i < window_top; i++)
		if (record_at(i, 0)->id == -1)
			page(record_at(i, 0));
}
