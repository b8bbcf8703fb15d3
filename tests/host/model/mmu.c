/* SPDX-License-Identifier: ISC
 * The real descriptor, TLB and identifier code, natively. */
#include "kern.h"
#define ids_map          arm_ids_map
#define mmu_set_page     arm_mmu_set_page
#define mmu_clear_page   arm_mmu_clear_page
#define tlb_page         arm_tlb_page
#define vspace_switch    arm_vspace_switch
#define mmu_set_pages    arm_mmu_set_pages
#define mmu_set_sections arm_mmu_set_sections
#define mmu_set_table    arm_mmu_set_table
#include "../../../kern/arm/mmu.c"
#undef ids_map
#undef mmu_set_page
#undef mmu_clear_page
#undef tlb_page
#undef vspace_switch
#undef mmu_set_pages
#undef mmu_set_sections
#undef mmu_set_table
#include "model.h"

void mmu_set_page(void *table, unsigned i, pa_t pa, unsigned rights)
{
	model_lines(pa, PAGE_SIZE, MEM_CACHED);
	barrier_made_valid();
	arm_mmu_set_page(table, i, pa, rights);
}

void mmu_clear_page(void *table, unsigned i)
{
	arm_mmu_clear_page(table, i);
}

void tlb_page(const struct frame_rec *l1, va_t va)
{
	arm_tlb_page(l1, va);
}

void vspace_switch(struct cpu *cpu, struct frame_rec *l1)
{
	arm_vspace_switch(cpu, l1);
}

void mmu_set_pages(void *table, unsigned i, unsigned n, pa_t pa, unsigned rights, enum mem_type type)
{
	model_lines(pa, n * PAGE_SIZE, type);
	barrier_made_valid();
	arm_mmu_set_pages(table, i, n, pa, rights, type);
}

void mmu_set_sections(void *table, unsigned i, unsigned n, pa_t pa, unsigned rights, enum mem_type type)
{
	model_lines(pa, n * SECTION_SIZE, type);
	barrier_made_valid();
	arm_mmu_set_sections(table, i, n, pa, rights, type);
}

void mmu_set_table(void *l1, unsigned i, pa_t l2)
{
	barrier_made_valid();
	arm_mmu_set_table(l1, i, l2);
}

const uint32_t empty_ttbr = 0xffffc000;

desc_t kernel_l1[4096], empty_l1[2048];

void model_mmu_start(bool coherent, bool shared)
{
	mmu.coherent_walk = coherent;
	page_shared = shared ? PAGE_S : 0;
	sect_shared = shared ? SECT_S : 0;
	page_bits_init();
	mmu.ttbr_bits = 0;
	mmu.empty_ttbr = empty_ttbr;
}

uint32_t model_kernel_page(uint32_t va)
{
	const desc_t *l2 = phys_va(kernel_l1[va / SECTION_SIZE] & ~(desc_t)(TABLE_HALF - 1));

	return l2[va % SECTION_SIZE / PAGE_SIZE];
}

bool asid_live(unsigned id)
{
	return mmu.asid_owner[id] != NULL;
}

void model_asids_run_out(unsigned left)
{
	if (asid_next < ASIDS - left)
		asid_next = ASIDS - left;
}
