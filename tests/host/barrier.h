/* SPDX-License-Identifier: ISC
 * Stands for kern/arm/v7/barrier.h where Arm code is compiled natively: model/barrier.c and the tests define these. */
#ifndef TESTS_HOST_BARRIER_H
#define TESTS_HOST_BARRIER_H

void cpu_sync_data(void);
void cpu_sync_insn(void);
void tlb_invalidate_page(uint32_t va_asid);
void branch_invalidate(void);
void ttbr0_set(uint32_t ttbr0, uint32_t asid, uint32_t empty);

#endif
