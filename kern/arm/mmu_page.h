/* SPDX-License-Identifier: ISC
 * What of mmu.c is short and often wanted, inline: one page's descriptor, one translation's end.  What they read lies together, so that
 * one address reaches it. */
#ifndef KERN_ARM_MMU_PAGE_H
#define KERN_ARM_MMU_PAGE_H

#include "cpu.h"

#define ASIDS 256

/** mmu.c's; constant after boot but for asid_owner. */
struct mmu {
	uint32_t linear_offset; /* virtual minus physical address of RAM */
	uint32_t ttbr_bits;     /* attributes of walks */
	uint32_t empty_ttbr;    /* TTBR0 of the empty table, with its attributes */
	bool coherent_walk;     /* they see what the data cache holds */
	uint32_t page_bits[F_MAP_RIGHTS +
			   1]; /* of a cached page's descriptor, by its rights: what is beside the address */
	struct frame_rec *asid_owner[ASIDS]; /* the L1 that was last given it */
};
extern struct mmu mmu;

void vspace_load(struct frame_rec *l1);

static inline bool asid_valid(const struct frame_rec *l1)
{
	return mmu.asid_owner[l1->asid] == l1;
}

/** n descriptors were written: the walk sees them. */
static inline void descs_visible(const uint32_t *d, unsigned n)
{
	if (!mmu.coherent_walk)
		cache_clean(d, n * (uint32_t)sizeof *d);
	cpu_sync_data();
}

static inline void mmu_set_page(void *table, unsigned i, pa_t pa, unsigned rights)
{
	uint32_t *d = (uint32_t *)table + i;

	*d = pa | mmu.page_bits[rights];
	descs_visible(d, 1);
	cpu_sync_insn();
}

static inline void mmu_clear_page(void *table, unsigned i)
{
	uint32_t *d = (uint32_t *)table + i;

	*d = 0;
	descs_visible(d, 1);
}

static inline void vspace_switch(struct cpu *cpu, struct frame_rec *l1)
{
	if (cpu->root == l1)
		return;
	if (!l1 || !asid_valid(l1)) {
		vspace_load(l1);
		return;
	}
	cpu->root = l1;
	ttbr0_set(l1->pa | mmu.ttbr_bits, l1->asid, mmu.empty_ttbr);
}

static inline void tlb_page(const struct frame_rec *l1, va_t va)
{
	if (!asid_valid(l1))
		return;
	tlb_invalidate_page(va | l1->asid);
	branch_invalidate();
	cpu_sync_data();
	cpu_sync_insn();
}

#endif
