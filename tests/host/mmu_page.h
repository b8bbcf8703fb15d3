/* SPDX-License-Identifier: ISC
 * Stands for kern/arm/mmu_page.h where the portable kernel is compiled natively: model/mmu.c has its functions, watched. */
#ifndef TESTS_HOST_MMU_PAGE_H
#define TESTS_HOST_MMU_PAGE_H

void mmu_set_page(void *table, unsigned i, pa_t pa, unsigned rights);
void mmu_clear_page(void *table, unsigned i);
void vspace_switch(struct cpu *cpu, struct frame_rec *l1);
void tlb_page(const struct frame_rec *l1, va_t va);

#endif
