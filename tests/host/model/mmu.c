/* SPDX-License-Identifier: ISC
 * The real descriptor, TLB and identifier code, natively. */
#define record_window_init arm_record_window_init
#define record_window_set  arm_record_window_set
#define mmu_set_pages      arm_mmu_set_pages
#define mmu_set_sections   arm_mmu_set_sections
#define mmu_set_table      arm_mmu_set_table
#include "../../../kern/arm/mmu.c"
#undef record_window_init
#undef record_window_set
#undef mmu_set_pages
#undef mmu_set_sections
#undef mmu_set_table
#include "model.h"

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

desc_t kernel_l1[4096], empty_l1[2048];

void model_mmu_start(bool coherent, bool shared)
{
	coherent_walk = coherent;
	page_shared = shared ? PAGE_S : 0;
	sect_shared = shared ? SECT_S : 0;
	ttbr_bits = 0;
	empty_ttbr = 0xffffc000;
}

pa_t model_window_pa(void)
{
	return va_phys(window_l2);
}

bool asid_live(unsigned id)
{
	return asid_owner[id] != NULL;
}

void model_asids_run_out(unsigned left)
{
	if (asid_next < ASIDS - left)
		asid_next = ASIDS - left;
}
