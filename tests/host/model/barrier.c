/* SPDX-License-Identifier: ISC
 * Barriers of the model machine, and what waits for them.
 *
 * A walk reads `seen`.  Writes come into it at the next barrier, if their lines were cleaned or the walk is coherent; up
 * to that barrier a walk may find either (and each store as soon as it is done: tlb.c).  An invalidation counts from the barrier
 * after it, and only against what was visible before it: an entry that could be loaded again in between stays.  After a descriptor
 * became valid, and after an invalidation, an ISB is owed before memory is accessed through it (DDI 0406C B3.10.1, A3.8.3); where code
 * is mapped no more, or elsewhere, predictions are stale until they are invalidated (B2.2.5). */
#include <stdlib.h>
#include <string.h>
#include "model.h"
#include "../../../kern/arm/cpu.h"

#define WRITES  4096
#define PENDING 512

static uint8_t *seen;
static uint8_t dirty[MODEL_RAM / PAGE_SIZE]; /* pages of `seen` that were written since the reset */
static bool coherent;

static struct {
	uint32_t at, len;
} cleaned[WRITES];
static unsigned cleaned_n;

static struct {
	enum tlb_op op;
	uint32_t value;
} pending[PENDING];
static unsigned pending_n;

static uint32_t barriers; /* so many since the reset */
static bool made_valid;   /* a descriptor, since the last one */
static bool insn_owed, branches_asked, branches_stale;

unsigned long model_rounds;

void barrier_model_reset(bool walk_sees_cache)
{
	if (!seen) {
		seen = malloc(MODEL_RAM);
		memset(seen, 0xa5, MODEL_RAM);
	}
	for (uint32_t i = 0; i < MODEL_RAM / PAGE_SIZE; i++)
		if (dirty[i])
			memset(seen + i * PAGE_SIZE, 0xa5, PAGE_SIZE);
	memset(dirty, 0, sizeof dirty);
	coherent = walk_sees_cache;
	cleaned_n = pending_n = 0;
	barriers = 1;
	made_valid = insn_owed = branches_asked = branches_stale = false;
}

const uint8_t *barrier_seen(void)
{
	return seen;
}

void barrier_sees(uint32_t at, uint32_t len)
{
	for (uint32_t page = at / PAGE_SIZE; page <= (at + len - 1) / PAGE_SIZE; page++)
		dirty[page] = 1;
	memcpy(seen + at, host_ram + at, len);
}

void barrier_made_valid(void)
{
	made_valid = true;
}

uint32_t barrier_awaited(void)
{
	return pending_n ? barriers : 0;
}

void barrier_prove(void)
{
	if (cleaned_n || pending_n)
		model_fail("user memory is accessed without a barrier", cleaned_n, pending_n);
	if (insn_owed)
		model_fail("user memory is accessed without an instruction barrier", barriers, 0);
	if (branches_stale)
		model_fail("user code runs with predictions of what was mapped before", barriers, 0);
}

/* ---- invalidations ---- */

static void pend(enum tlb_op op, uint32_t value)
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

void branch_invalidate(void)
{
	branches_asked = true;
}

/* The core tells all others (DDI 0406C B2.2.5, the inner shareable forms); one alone has none to tell. */
static void invalidate(enum tlb_op op, uint32_t value)
{
	branches_stale |= tlb_model_drop(op, value);
}

/* ---- writes ---- */

void tlb_model_wrote(pa_t pa, uint32_t len)
{
	if (cleaned_n == WRITES)
		cpu_sync_data();
	cleaned[cleaned_n].at = pa - MODEL_RAM_PA;
	cleaned[cleaned_n++].len = len;
}

void cache_clean(const void *va, uint32_t len)
{
	uint32_t at = (uint32_t)((const uint8_t *)va - host_ram);

	if (at < MODEL_RAM) /* the kernel's own tables lie outside of RAM here */
		tlb_model_wrote(MODEL_RAM_PA + at, len);
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

/* ---- barriers ---- */

static void speculate(void)
{
	tlb_model_load(seen);
}

/* What was written after an invalidation may be seen before that is complete. */
static void speculate_early(void)
{
	static uint8_t was[WRITES * 64];
	uint32_t n = 0, i;

	for (i = 0; i < cleaned_n && n + cleaned[i].len <= sizeof was; i++) {
		memcpy(was + n, seen + cleaned[i].at, cleaned[i].len);
		n += cleaned[i].len;
		barrier_sees(cleaned[i].at, cleaned[i].len);
	}
	speculate();
	while (i--) {
		n -= cleaned[i].len;
		memcpy(seen + cleaned[i].at, was + n, cleaned[i].len);
	}
}

void cpu_sync_data(void)
{
	tlb_model_store(NULL, 0);
	if (pending_n && cleaned_n)
		speculate_early();
	for (unsigned i = 0; i < pending_n; i++)
		invalidate(pending[i].op, pending[i].value);
	branches_stale = branches_stale && !branches_asked;
	insn_owed |= pending_n || made_valid;
	if (pending_n || cleaned_n || coherent)
		speculate(); /* what was written before this barrier may still have been invisible */
	pending_n = 0;
	for (unsigned i = 0; i < cleaned_n; i++)
		barrier_sees(cleaned[i].at, cleaned[i].len);
	if (coherent)
		tlb_model_tables(barrier_sees);
	if (cleaned_n || coherent)
		speculate();
	cleaned_n = 0;
	made_valid = branches_asked = false;
	barriers++;
}

void cpu_sync_insn(void)
{
	insn_owed = false;
}
