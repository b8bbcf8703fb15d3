/* SPDX-License-Identifier: ISC
 * Walks, TLBs and barriers of the model machine.
 *
 * A walk reads `seen`.  Writes come into it at the next barrier, if their lines were cleaned or the walk is coherent; up
 * to that barrier a walk may find either.  A TLB holds every entry that any walk could have loaded, at any time, under
 * the identifier that was set then.  An invalidation counts from the barrier after it, and only against what was
 * visible before it: an entry that could be loaded again in between stays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "model.h"
#include "../../../kern/arm/cpu.h"

#define LOW_SECTIONS  40u /* of an address space are looked at by walks, … */
#define HIGH_SECTIONS 8u  /* … and its last */
#define L1_SLOTS      2048u
#define BUCKETS       1024u
#define ENTRIES       60000u

struct entry {
	uint32_t va, pa, rights, size, bits; /* bits: the descriptor's attributes */
	uint16_t asid;
	uint32_t next; /* in its bucket, 0: none */
};

struct tlb {
	uint32_t ttbr, asid;
	uint32_t bucket[BUCKETS];
};

static struct tlb tlbs[4];
static struct entry entries[ENTRIES];
static uint32_t entries_n, entries_free;
static uint8_t *seen;
static bool coherent;
extern uint32_t empty_ttbr;

unsigned long model_checked, model_rounds;

/* ---- what walks see ---- */

#define WRITES 4096

static struct {
	uint32_t at, len;
} cleaned[WRITES];
static unsigned cleaned_n;
static uint8_t dirty[MODEL_RAM / PAGE_SIZE]; /* pages of `seen` that were written since the reset */

static uint32_t ram_index(const void *va)
{
	return (uint32_t)((const uint8_t *)va - host_ram);
}

static void seen_copy(uint32_t at, uint32_t len)
{
	for (uint32_t page = at / PAGE_SIZE; page <= (at + len - 1) / PAGE_SIZE; page++)
		dirty[page] = 1;
	memcpy(seen + at, host_ram + at, len);
}

void tlb_model_reset(bool walk_sees_cache)
{
	if (!seen) {
		seen = malloc(MODEL_RAM);
		memset(seen, 0xa5, MODEL_RAM);
	}
	for (uint32_t i = 0; i < MODEL_RAM / PAGE_SIZE; i++)
		if (dirty[i])
			memset(seen + i * PAGE_SIZE, 0xa5, PAGE_SIZE);
	memset(dirty, 0, sizeof dirty);
	memset(tlbs, 0, sizeof tlbs);
	for (unsigned i = 0; i < 4; i++)
		tlbs[i].ttbr = empty_ttbr;
	memset(entries, 0, (entries_n + 1) * sizeof *entries);
	entries_n = entries_free = 0;
	cleaned_n = 0;
	coherent = walk_sees_cache;
}

/* What a walk of memory `ram` finds at va: the descriptor that ends it; 0: nothing. */
static uint32_t walk(const uint8_t *ram, uint32_t l1, uint32_t va, uint32_t *size)
{
	uint32_t d, l2;

	memcpy(&d, ram + (l1 - MODEL_RAM_PA) + va / SECTION_SIZE * 4, 4);
	*size = SECTION_SIZE;
	if ((d & 3) != 1)
		return d & 2 ? d : 0;
	l2 = d & ~0x3ffu;
	if (l2 - MODEL_RAM_PA >= MODEL_RAM)
		model_fail("a table outside of memory", l1, d);
	memcpy(&d, ram + (l2 - MODEL_RAM_PA) + va % SECTION_SIZE / PAGE_SIZE * 4, 4);
	*size = PAGE_SIZE;
	return d & 2 ? d : 0;
}

static uint32_t desc_rights(uint32_t d, uint32_t size)
{
	uint32_t ap = size == PAGE_SIZE ? d >> 4 & 3 : d >> 10 & 3, xn = size == PAGE_SIZE ? 1 : 0x10;

	return d ? F_MAP_READ | (ap == 3 ? F_MAP_WRITE : 0u) | (d & xn ? 0u : F_MAP_EXEC) : 0;
}

/* TEX, C, B and S: what two entries for one page may never differ in. */
static uint32_t desc_bits(uint32_t d, uint32_t size)
{
	return size == PAGE_SIZE ? d & 0x5cc : (d & 0x1700c);
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

static void entry_drop(struct tlb *t, uint32_t asid, uint32_t va, uint32_t size)
{
	uint32_t *at = &t->bucket[bucket_of(asid, va, size)];

	while (*at) {
		struct entry *e = &entries[*at];

		if (e->va == va && e->asid == asid && e->size == size) {
			uint32_t gone = *at;

			*at = e->next;
			e->next = entries_free;
			entries_free = gone;
		} else {
			at = &e->next;
		}
	}
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

static void entry_load(struct tlb *t, uint32_t va, uint32_t d, uint32_t size)
{
	uint32_t pa = d & ~(size - 1), rights = desc_rights(d, size), bits = desc_bits(d, size), *head;
	struct entry *e = entry_find(t, t->asid, va, size);

	for (; e; e = e->next ? &entries[e->next] : NULL) {
		if (e->va != va || e->asid != t->asid || e->size != size)
			continue;
		/* DDI 0406C B3.10.1: a change of address or attributes goes through an invalid descriptor. */
		if (e->pa != pa || e->bits != bits)
			model_fail("break before make: two entries for one page", va, d);
		if (e->rights == rights)
			return;
	}
	if (size == PAGE_SIZE && entry_find(t, t->asid, va & ~(SECTION_SIZE - 1u), SECTION_SIZE))
		model_fail("break before make: a page where a section may be held", va, d);
	for (uint32_t page = va; size != PAGE_SIZE && page - va < SECTION_SIZE; page += PAGE_SIZE)
		if (entry_find(t, t->asid, page, PAGE_SIZE))
			model_fail("break before make: a section where a page may be held", page, d);
	e = entry_new();
	head = &t->bucket[bucket_of(t->asid, va, size)];
	*e = (struct entry){va, pa, rights, size, bits, (uint16_t)t->asid, *head};
	*head = (uint32_t)(e - entries);
}

/* All that a walk could load now from this memory. */
static void load_all(struct tlb *t, const uint8_t *ram)
{
	uint32_t l1 = t->ttbr & ~0x3fffu;

	if (t->ttbr == empty_ttbr || l1 - MODEL_RAM_PA >= MODEL_RAM)
		return;
	for (uint32_t s = 0; s < L1_SLOTS; s = s + 1 == LOW_SECTIONS ? L1_SLOTS - HIGH_SECTIONS : s + 1) {
		uint32_t d, l2, va = s * SECTION_SIZE;

		memcpy(&d, ram + (l1 - MODEL_RAM_PA) + s * 4, 4);
		if ((d & 3) != 1) {
			if (d & 2)
				entry_load(t, va, d, SECTION_SIZE);
			continue;
		}
		l2 = (d & ~0x3ffu) - MODEL_RAM_PA;
		if (l2 >= MODEL_RAM)
			model_fail("a table outside of memory", l1, d);
		for (uint32_t i = 0; i < 256; i += 2) {
			uint64_t two;

			memcpy(&two, ram + l2 + i * 4, 8);
			if (!two)
				continue;
			if (two & 2)
				entry_load(t, va + i * PAGE_SIZE, (uint32_t)two, PAGE_SIZE);
			if (two >> 32 & 2)
				entry_load(t, va + (i + 1) * PAGE_SIZE, (uint32_t)(two >> 32), PAGE_SIZE);
		}
	}
}

static void speculate(const uint8_t *ram)
{
	window_walk(ram);
	for (int i = 0; i < model_cpus; i++)
		load_all(&tlbs[i], ram);
}

/* ---- what the kernel does: cpu.h ---- */

#define PENDING 512

static struct {
	uint32_t op, value;
} pending[PENDING];
static unsigned pending_n;

enum { BY_PAGE, BY_ASID, ALL };

static void drop_asid(struct tlb *t, uint32_t asid, bool all)
{
	for (uint32_t b = 0; b < BUCKETS; b++)
		for (uint32_t *at = &t->bucket[b]; *at;) {
			uint32_t gone = *at;
			struct entry *e = &entries[gone];

			if (!all && e->asid != asid) {
				at = &e->next;
				continue;
			}
			*at = e->next;
			e->next = entries_free;
			entries_free = gone;
		}
}

/* The core tells all others (DDI 0406C B2.2.5, the inner shareable forms); one alone has none to tell. */
static void invalidate(uint32_t op, uint32_t value)
{
	if (op == BY_PAGE)
		window_drop(value & ~(PAGE_SIZE - 1u));
	else if (op == ALL)
		window_drop_all();
	for (int i = 0; i < model_cpus; i++) {
		struct tlb *t = &tlbs[i];

		if (op == BY_PAGE) {
			entry_drop(t, value & 0xff, value & ~(PAGE_SIZE - 1u), PAGE_SIZE);
			entry_drop(t, value & 0xff, value & ~(SECTION_SIZE - 1u), SECTION_SIZE);
		} else {
			drop_asid(t, value, op == ALL);
		}
	}
}

static void pend(uint32_t op, uint32_t value)
{
	model_rounds++;
	if (pending_n == PENDING)
		model_fail("more invalidations than the model remembers", op, value);
	pending[pending_n].op = op;
	pending[pending_n++].value = value;
}

void tlb_invalidate_page(uint32_t va_asid)
{
	pend(BY_PAGE, va_asid);
}

void tlb_invalidate_asid(uint32_t asid)
{
	pend(BY_ASID, asid);
}

void tlb_invalidate_all(void)
{
	pend(ALL, 0);
}

void tlb_model_wrote(pa_t pa, uint32_t len)
{
	if (cleaned_n == WRITES)
		cpu_sync_data();
	cleaned[cleaned_n].at = pa - MODEL_RAM_PA;
	cleaned[cleaned_n++].len = len;
}

/* Tables that a coherent walk reads are as the CPU left them. */
static void tables_seen(const struct tlb *t)
{
	uint32_t l1 = (t->ttbr & ~0x3fffu) - MODEL_RAM_PA, d;

	if (t->ttbr == empty_ttbr || l1 >= MODEL_RAM)
		return;
	seen_copy(l1, LOW_SECTIONS * 4);
	seen_copy(l1 + (L1_SLOTS - HIGH_SECTIONS) * 4, HIGH_SECTIONS * 4);
	for (uint32_t s = 0; s < L1_SLOTS; s = s + 1 == LOW_SECTIONS ? L1_SLOTS - HIGH_SECTIONS : s + 1) {
		memcpy(&d, host_ram + l1 + s * 4, 4);
		if ((d & 3) == 1 && (d & ~0x3ffu) - MODEL_RAM_PA < MODEL_RAM)
			seen_copy((d & ~0x3ffu) - MODEL_RAM_PA, 0x400);
	}
}

/* What was written after an invalidation may be seen before that is complete. */
static void speculate_early(void)
{
	static uint8_t was[WRITES * 64];
	uint32_t n = 0, i;

	for (i = 0; i < cleaned_n && n + cleaned[i].len <= sizeof was; i++) {
		memcpy(was + n, seen + cleaned[i].at, cleaned[i].len);
		n += cleaned[i].len;
		seen_copy(cleaned[i].at, cleaned[i].len);
	}
	speculate(seen);
	while (i--) {
		n -= cleaned[i].len;
		memcpy(seen + cleaned[i].at, was + n, cleaned[i].len);
	}
}

void cpu_sync_data(void)
{
	pa_t pa;

	if (coherent && window_watched(&pa))
		tlb_model_wrote(pa, 4);
	if (pending_n && cleaned_n)
		speculate_early();
	for (unsigned i = 0; i < pending_n; i++)
		invalidate(pending[i].op, pending[i].value);
	if (pending_n || cleaned_n || coherent)
		speculate(seen); /* what was written before this barrier may still have been invisible */
	pending_n = 0;
	for (unsigned i = 0; i < cleaned_n; i++)
		seen_copy(cleaned[i].at, cleaned[i].len);
	for (int i = 0; coherent && i < model_cpus; i++)
		tables_seen(&tlbs[i]);
	if (cleaned_n || coherent)
		speculate(seen);
	cleaned_n = 0;
}

void cpu_sync_insn(void)
{
}

void cache_clean(const void *va, uint32_t len)
{
	if (ram_index(va) < MODEL_RAM) /* the kernel's own tables lie outside of RAM here */
		tlb_model_wrote(MODEL_RAM_PA + ram_index(va), len);
}

void cache_flush(const void *va, uint32_t len)
{
	cache_clean(va, len);
}

void cache_unify(const void *va, uint32_t len)
{
	cache_clean(va, len);
}

bool walk_coherent(void)
{
	return coherent;
}

void branch_invalidate(void)
{
}

/* The L1 that an identifier stands for now. */
static uint32_t asid_l1[256];

void ttbr0_set(uint32_t ttbr0, uint32_t id)
{
	struct tlb *t = &tlbs[model_cpu];

	t->ttbr = ttbr0;
	t->asid = id;
	if (id)
		asid_l1[id] = ttbr0 & ~0x3fffu;
	if (coherent)
		tables_seen(t);
	load_all(t, seen); /* speculation begins at once */
}

/* ---- what users do ---- */

bool model_access(va_t va, unsigned right, pa_t *pa)
{
	struct tlb *t = &tlbs[model_cpu];
	const struct entry *e;
	uint32_t d, size;

	if (va >= USER_END || t->ttbr == empty_ttbr)
		return false;
	e = entry_find(t, t->asid, va & ~(PAGE_SIZE - 1u), PAGE_SIZE);
	if (!e)
		e = entry_find(t, t->asid, va & ~(SECTION_SIZE - 1u), SECTION_SIZE);
	if (e) {
		*pa = e->pa | (va & (e->size - 1));
		return (e->rights & right) == right;
	}
	d = walk(coherent ? host_ram : seen, t->ttbr & ~0x3fffu, va, &size);
	*pa = (d & ~(size - 1)) | (va & (size - 1));
	return d && (desc_rights(d, size) & right) == right;
}

/* ---- proof ---- */

/* What the tables say the walk must find: else a clean or a barrier is missing. */
static void prove_seen(const struct tlb *t)
{
	uint32_t l1 = t->ttbr & ~0x3fffu, va = 0;

	if (t->ttbr == empty_ttbr)
		return;
	if (memcmp(host_ram + (l1 - MODEL_RAM_PA), seen + (l1 - MODEL_RAM_PA), LOW_SECTIONS * 4))
		model_fail("the walk does not see the L1: a clean or a barrier is missing", l1, 0);
	for (; va < LOW_SECTIONS * SECTION_SIZE; va += SECTION_SIZE) {
		uint32_t d;

		memcpy(&d, host_ram + (l1 - MODEL_RAM_PA) + va / SECTION_SIZE * 4, 4);
		if ((d & 3) == 1 &&
			memcmp(host_ram + ((d & ~0x3ffu) - MODEL_RAM_PA), seen + ((d & ~0x3ffu) - MODEL_RAM_PA), 0x400))
			model_fail("the walk does not see an L2: a clean or a barrier is missing", va, d);
	}
}

static void prove_entry(const struct tlb *t, const struct entry *e)
{
	uint32_t d, size;

	if (e->asid != t->asid && !asid_live(e->asid))
		return; /* nobody runs under it until it is given anew */
	model_checked++;
	d = walk(host_ram, asid_l1[e->asid], e->va, &size);
	if (e->rights & ~desc_rights(d, size))
		model_fail("rule 6: a TLB may hold rights that the tables do not grant", e->va, e->rights);
	if ((d & ~(size - 1)) != e->pa || size != e->size)
		model_fail("rule 6: a TLB may hold an older translation", e->va, e->pa);
}

void model_prove(void)
{
	if (cleaned_n || pending_n)
		model_fail("back in user mode without a barrier", cleaned_n, pending_n);
	for (int c = 0; c < model_cpus; c++) {
		struct tlb *t = &tlbs[c];

		prove_seen(t);
		for (uint32_t b = 0; b < BUCKETS; b++)
			for (uint32_t i = t->bucket[b]; i; i = entries[i].next)
				prove_entry(t, &entries[i]);
	}
}
