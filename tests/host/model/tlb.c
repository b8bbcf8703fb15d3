/* SPDX-License-Identifier: ISC
 * Walks and TLBs of the model machine.
 *
 * A TLB holds every entry that any walk could have loaded, at any time, under the identifier that was set then, or, if its
 * descriptor is global, for all identifiers; until an invalidation that covers it is complete.  What walks find is told by barrier.c; but
 * each descriptor of a table that is walked can also be loaded as soon as it is stored, before the next store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "model.h"
#include "../../../kern/arm/cpu.h"

#define LOW_SECTIONS  40u /* of an address space are looked at by walks, … */
#define HIGH_SECTIONS 8u  /* … and its last */
#define L1_SLOTS      2048u
#define L1_LEN        (L1_SLOTS * 4)
#define L2_LEN        0x400u
#define L2_SLOTS      256u
#define BUCKETS       1024u
#define ENTRIES       60000u
#define ASIDS         256u
#define GLOBAL        ASIDS /* in place of an identifier */

struct entry {
	uint32_t va, d, size; /* d: the descriptor */
	uint32_t late;        /* loaded while this barrier's invalidations were under way */
	uint16_t asid;
	uint32_t next; /* in its bucket, 0: none */
};

struct tlb {
	uint32_t ttbr, asid;
	uint32_t bucket[BUCKETS];
};

static struct tlb tlbs[4];
static struct entry entries[ENTRIES];
static uint32_t entries_n, entries_free, globals_n;
static const uint8_t *stored; /* the place of the store that was done last, since the last barrier */
static uint32_t stored_len;
extern const uint32_t empty_ttbr;

unsigned long model_checked;

void tlb_model_reset(void)
{
	memset(tlbs, 0, sizeof tlbs);
	for (unsigned i = 0; i < 4; i++)
		tlbs[i].ttbr = empty_ttbr;
	memset(entries, 0, (entries_n + 1) * sizeof *entries);
	entries_n = entries_free = globals_n = 0;
	stored = NULL;
}

/* ---- walks ---- */

static uint32_t word_at(const uint8_t *ram, uint32_t at)
{
	uint32_t d;

	memcpy(&d, ram + at, 4);
	return d;
}

/* Where in RAM the L1 of a TTBR is; false: the empty table, or it is not in RAM. */
static bool l1_at(uint32_t ttbr, uint32_t *at)
{
	*at = (ttbr & ~0x3fffu) - MODEL_RAM_PA;
	return ttbr != empty_ttbr && *at < MODEL_RAM;
}

static bool is_table(uint32_t d)
{
	return (d & 3) == 1;
}

static uint32_t l2_at(uint32_t d)
{
	uint32_t at = (d & ~(L2_LEN - 1)) - MODEL_RAM_PA;

	if (at >= MODEL_RAM)
		model_fail("a table outside of memory", d, at);
	return at;
}

/* What a walk of memory `ram` finds at va: the descriptor that ends it; 0: nothing. */
static uint32_t walk(const uint8_t *ram, uint32_t l1, uint32_t va, uint32_t *size)
{
	uint32_t d = word_at(ram, l1 - MODEL_RAM_PA + va / SECTION_SIZE * 4);

	*size = SECTION_SIZE;
	if (!is_table(d))
		return d & 2 ? d : 0;
	d = word_at(ram, l2_at(d) + va % SECTION_SIZE / PAGE_SIZE * 4);
	*size = PAGE_SIZE;
	return d & 2 ? d : 0;
}

static struct desc decoded(uint32_t d, uint32_t size)
{
	struct desc desc;

	desc_decode(d, size == SECTION_SIZE, &desc);
	return desc;
}

/* The sections of a space that are looked at, one after the other. */
static uint32_t section_next(uint32_t s)
{
	return s + 1 == LOW_SECTIONS ? L1_SLOTS - HIGH_SECTIONS : s + 1;
}

/* ---- entries ---- */

static uint32_t bucket_of(uint32_t asid, uint32_t va, uint32_t size)
{
	return ((va >> 12) * 2654435761u + asid * 40503u + (size != PAGE_SIZE) * 977u) >> 22;
}

static struct entry *entry_find(struct tlb *t, uint32_t asid, uint32_t va, uint32_t size)
{
	for (uint32_t i = t->bucket[bucket_of(asid, va, size)]; i; i = entries[i].next)
		if (entries[i].va == va && entries[i].asid == asid && entries[i].size == size)
			return &entries[i];
	return NULL;
}

/* Takes out the entry at *at, unless it came too late for the barrier that completes the invalidation; true: it was of code. */
static bool entry_drop(uint32_t **at)
{
	uint32_t gone = **at;
	struct entry *e = &entries[gone];

	if (e->late && e->late == barrier_awaited()) {
		*at = &e->next;
		return false;
	}
	globals_n -= e->asid == GLOBAL;
	**at = e->next;
	e->next = entries_free;
	entries_free = gone;
	return (decoded(e->d, e->size).rights & F_MAP_EXEC) != 0;
}

static bool drop_page(struct tlb *t, uint32_t asid, uint32_t va, uint32_t size)
{
	uint32_t *at = &t->bucket[bucket_of(asid, va, size)];
	bool code = false;

	while (*at) {
		struct entry *e = &entries[*at];

		if (e->va == va && e->asid == asid && e->size == size)
			code |= entry_drop(&at);
		else
			at = &e->next;
	}
	return code;
}

/* Of an address, whatever its size; global ones, too (DDI 0406C B4.2.2, TLBIMVA). */
static bool drop_address(struct tlb *t, uint32_t asid, uint32_t va)
{
	bool code = drop_page(t, asid, va & ~(PAGE_SIZE - 1u), PAGE_SIZE);

	code |= drop_page(t, asid, va & ~(SECTION_SIZE - 1u), SECTION_SIZE);
	return globals_n && asid != GLOBAL ? drop_address(t, GLOBAL, va) | code : code;
}

/* Global ones stay where an identifier's go. */
static bool drop_asid(struct tlb *t, uint32_t asid, bool all)
{
	bool code = false;

	for (uint32_t b = 0; b < BUCKETS; b++)
		for (uint32_t *at = &t->bucket[b]; *at;) {
			struct entry *e = &entries[*at];

			if (all || e->asid == asid)
				code |= entry_drop(&at);
			else
				at = &e->next;
		}
	return code;
}

bool tlb_model_drop(enum tlb_op op, uint32_t value)
{
	bool code = false;

	for (int i = 0; i < model_cpus; i++)
		code |= op == BY_PAGE ? drop_address(&tlbs[i], value & 0xff, value)
				      : drop_asid(&tlbs[i], value, op == ALL);
	return code;
}

static struct entry *entry_new(void)
{
	uint32_t i = entries_free;

	if (i)
		entries_free = entries[i].next;
	else if (++entries_n >= ENTRIES)
		model_fail("the model's TLBs are full", entries_n, 0);
	else
		i = entries_n;
	return &entries[i];
}

/* DDI 0406C B3.10.1: a change of size goes through an invalid descriptor. */
static void sizes_differ(struct tlb *t, uint32_t asid, uint32_t va, uint32_t d, uint32_t size)
{
	if (size == PAGE_SIZE && entry_find(t, asid, va & ~(SECTION_SIZE - 1u), SECTION_SIZE))
		model_fail("break before make: a page where a section may be held", va, d);
	for (uint32_t page = va; size != PAGE_SIZE && page - va < SECTION_SIZE; page += PAGE_SIZE)
		if (entry_find(t, asid, page, PAGE_SIZE))
			model_fail("break before make: a section where a page may be held", page, d);
}

/* A translation that is not held yet. */
static void entry_add(struct tlb *t, uint32_t asid, uint32_t va, uint32_t d, uint32_t size, uint32_t late)
{
	uint32_t *head = &t->bucket[bucket_of(asid, va, size)];
	struct desc new = decoded(d, size), old;
	struct entry *e;

	if (new.global && asid != GLOBAL) {
		entry_add(t, GLOBAL, va, d, size, late);
		return;
	}
	for (uint32_t i = *head; i; i = entries[i].next) {
		e = &entries[i];
		if (e->va != va || e->asid != asid || e->size != size)
			continue;
		if (e->d == d)
			return;
		/* A change of address or attributes, likewise. */
		old = decoded(e->d, size);
		if (old.pa != new.pa || old.type != new.type)
			model_fail("break before make: two entries for one page", va, d);
	}
	sizes_differ(t, asid, va, d, size);
	e = entry_new();
	*e = (struct entry){va, d, size, late, (uint16_t)asid, *head};
	*head = (uint32_t)(e - entries);
	globals_n += asid == GLOBAL;
}

static void entry_load(struct tlb *t, uint32_t va, uint32_t d, uint32_t size, uint32_t late)
{
	for (uint32_t i = t->bucket[bucket_of(t->asid, va, size)]; i; i = entries[i].next) {
		struct entry *e = &entries[i];

		if (e->va == va && e->asid == t->asid && e->d == d && e->size == size) {
			if (late)
				e->late = late;
			return;
		}
	}
	entry_add(t, t->asid, va, d, size, late);
}

/* ---- loading ---- */

/* All that a walk could load there from this memory. */
static void load_section(struct tlb *t, const uint8_t *ram, uint32_t l1, uint32_t s, uint32_t late)
{
	uint32_t d = word_at(ram, l1 + s * 4), va = s * SECTION_SIZE, l2;

	if (!is_table(d)) {
		if (d)
			entry_load(t, va, d, SECTION_SIZE, late);
		return;
	}
	l2 = l2_at(d);
	for (uint32_t i = 0; i < L2_SLOTS; i += 2) {
		uint64_t two;

		memcpy(&two, ram + l2 + i * 4, 8);
		if (!two)
			continue;
		if ((uint32_t)two)
			entry_load(t, va + i * PAGE_SIZE, (uint32_t)two, PAGE_SIZE, late);
		if (two >> 32)
			entry_load(t, va + (i + 1) * PAGE_SIZE, (uint32_t)(two >> 32), PAGE_SIZE, late);
	}
}

static void load_all(struct tlb *t, const uint8_t *ram)
{
	uint32_t l1;

	if (!l1_at(t->ttbr, &l1))
		return;
	for (uint32_t s = 0; s < L1_SLOTS; s = section_next(s))
		load_section(t, ram, l1, s, 0);
}

void tlb_model_load(const uint8_t *ram)
{
	for (int i = 0; i < model_cpus; i++)
		load_all(&tlbs[i], ram);
}

/* The descriptor at that place of RAM, wherever it stands in what this CPU walks. */
static void load_place(struct tlb *t, uint32_t at)
{
	uint32_t l1, late = barrier_awaited(), d = word_at(host_ram, at), low;

	if (!d || !l1_at(t->ttbr, &l1))
		return;
	low = (at - l1) / 4;
	if (low < LOW_SECTIONS || (low >= L1_SLOTS - HIGH_SECTIONS && low < L1_SLOTS))
		load_section(t, host_ram, l1, low, late);
	for (uint32_t s = 0; s < L1_SLOTS; s = section_next(s)) {
		uint32_t up = word_at(host_ram, l1 + s * 4);

		if (is_table(up) && at - l2_at(up) < L2_LEN)
			entry_load(t, s * SECTION_SIZE + (at - l2_at(up)) / 4 * PAGE_SIZE, d, PAGE_SIZE, late);
	}
}

void tlb_model_store(const void *next, uint32_t len)
{
	for (uint32_t n = 0; stored && n < stored_len; n += 4)
		for (int i = 0; i < model_cpus; i++)
			load_place(&tlbs[i], (uint32_t)(stored - host_ram) + n);
	stored = (uint32_t)((const uint8_t *)next - host_ram) < MODEL_RAM ? next : NULL;
	stored_len = len;
}

/* The compiler puts these before each store in kern/arm/mmu.c: -fsanitize-coverage=trace-stores. */
#define STORES(len)                                                                                                    \
	void __sanitizer_cov_store##len(const void *at);                                                               \
	void __sanitizer_cov_store##len(const void *at)                                                                \
	{                                                                                                              \
		tlb_model_store(at, len);                                                                              \
	}
STORES(1)
STORES(2)
STORES(4)
STORES(8)
STORES(16)

/* ---- what the kernel sets ---- */

/* The parts of RAM that a CPU walks. */
static void tables_of(const struct tlb *t, void (*fn)(uint32_t at, uint32_t len))
{
	uint32_t l1;

	if (!l1_at(t->ttbr, &l1))
		return;
	fn(l1, LOW_SECTIONS * 4);
	fn(l1 + (L1_SLOTS - HIGH_SECTIONS) * 4, HIGH_SECTIONS * 4);
	for (uint32_t s = 0; s < L1_SLOTS; s = section_next(s)) {
		uint32_t d = word_at(host_ram, l1 + s * 4);

		if (is_table(d))
			fn(l2_at(d), L2_LEN);
	}
}

void tlb_model_tables(void (*fn)(uint32_t at, uint32_t len))
{
	for (int i = 0; i < model_cpus; i++)
		tables_of(&tlbs[i], fn);
}

/* The L1 that an identifier stands for now. */
static uint32_t asid_l1[ASIDS];

void ttbr0_set(uint32_t ttbr0, uint32_t id, uint32_t empty)
{
	struct tlb *t = &tlbs[model_cpu];

	(void)empty;
	t->ttbr = ttbr0;
	t->asid = id;
	if (id)
		asid_l1[id] = ttbr0 & ~0x3fffu;
	if (walk_coherent())
		tables_of(t, barrier_sees);
	load_all(t, barrier_seen()); /* speculation begins at once */
}

/* ---- what users do ---- */

static const struct entry *entry_held(struct tlb *t, uint32_t asid, uint32_t va)
{
	const struct entry *e = entry_find(t, asid, va & ~(PAGE_SIZE - 1u), PAGE_SIZE);

	if (!e)
		e = entry_find(t, asid, va & ~(SECTION_SIZE - 1u), SECTION_SIZE);
	return e || asid == GLOBAL ? e : entry_held(t, GLOBAL, va);
}

bool model_access(va_t va, unsigned right, pa_t *pa)
{
	struct tlb *t = &tlbs[model_cpu];
	const struct entry *e;
	struct desc desc;
	uint32_t d, size;

	barrier_prove();
	if (va >= USER_END || t->ttbr == empty_ttbr)
		return false;
	e = entry_held(t, t->asid, va);
	d = e ? e->d : walk(walk_coherent() ? host_ram : barrier_seen(), t->ttbr & ~0x3fffu, va, &size);
	if (!d)
		return false;
	desc = decoded(d, e ? e->size : size);
	*pa = desc.pa | (va & ((desc.what == DESC_SECTION ? SECTION_SIZE : PAGE_SIZE) - 1u));
	return (desc.rights & right) == right;
}

/* ---- proof ---- */

static bool same_memory(uint32_t at, uint32_t len)
{
	return memcmp(host_ram + at, barrier_seen() + at, len) == 0;
}

/* What the tables say the walk must find: else a clean or a barrier is missing. */
static void prove_seen(const struct tlb *t)
{
	uint32_t l1, d;

	if (!l1_at(t->ttbr, &l1))
		return;
	if (!same_memory(l1, LOW_SECTIONS * 4))
		model_fail("the walk does not see the L1: a clean or a barrier is missing", t->ttbr, 0);
	for (uint32_t s = 0; s < LOW_SECTIONS; s++) {
		d = word_at(host_ram, l1 + s * 4);
		if (is_table(d) && !same_memory(l2_at(d), L2_LEN))
			model_fail("the walk does not see an L2: a clean or a barrier is missing", s, d);
	}
}

/* What an entry says must be in the tables that its identifier stands for. */
static void prove_in(const struct entry *e, uint32_t asid)
{
	uint32_t size, d = walk(host_ram, asid_l1[asid], e->va, &size);
	struct desc held, now;

	model_checked++;
	if (d == e->d && size == e->size)
		return;
	held = decoded(e->d, e->size);
	now = decoded(d, size);
	if (held.rights & ~now.rights)
		model_fail("rule 6: a TLB may hold rights that the tables do not grant", e->va, e->d);
	if (held.pa != now.pa || size != e->size)
		model_fail("rule 6: a TLB may hold an older translation", e->va, e->d);
}

static void prove_entry(const struct tlb *t, const struct entry *e)
{
	if (e->asid == GLOBAL) {
		for (uint32_t asid = 1; asid < ASIDS; asid++)
			if (asid == t->asid || asid_live(asid))
				prove_in(e, asid);
	} else if (e->asid == t->asid || asid_live(e->asid)) { /* else nobody runs under it until it is given anew */
		prove_in(e, e->asid);
	}
}

void model_prove(void)
{
	barrier_prove();
	for (int c = 0; c < model_cpus; c++) {
		struct tlb *t = &tlbs[c];

		prove_seen(t);
		for (uint32_t b = 0; b < BUCKETS; b++)
			for (uint32_t i = t->bucket[b]; i; i = entries[i].next)
				prove_entry(t, &entries[i]);
	}
}
