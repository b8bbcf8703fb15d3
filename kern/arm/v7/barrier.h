/* SPDX-License-Identifier: ISC
 * ARMv7's barriers and single invalidations, where they are needed (DDI 0406C A3.8.3, B4.2.2): for cpu.h. */
#ifndef KERN_ARM_BARRIER_H
#define KERN_ARM_BARRIER_H

#include <stdbool.h>
#include <stdint.h>

/** All earlier writes are visible to everybody before anything later happens (DSB). */
static inline void cpu_sync_data(void)
{
	__asm__ volatile("dsb" : : : "memory");
}

/** The instructions that follow are fetched anew (ISB). */
static inline void cpu_sync_insn(void)
{
	__asm__ volatile("isb" : : : "memory");
}

/** Whether there are the multiprocessing extensions (MPIDR[31]): then maintenance reaches every CPU of the inner shareable domain. */
static inline bool cpu_mp(void)
{
	int32_t mpidr;

	__asm__("mrc p15, 0, %0, c0, c0, 5" : "=r"(mpidr));
	return mpidr < 0;
}

/** Invalidates one page's entry of one ASID: `va_asid` is the page's address with the ASID in its low bits (TLBIMVAIS, TLBIMVA). */
static inline void tlb_invalidate_page(uint32_t va_asid)
{
	if (cpu_mp())
		__asm__ volatile("mcr p15, 0, %0, c8, c3, 1" : : "r"(va_asid) : "memory");
	else
		__asm__ volatile("mcr p15, 0, %0, c8, c7, 1" : : "r"(va_asid) : "memory");
}

/** Switches the user half to the L1 at ttbr0 with that ASID, without ever walking one's table under the other's ASID: through the
 * empty table, which holds nothing that a walk could tag (DDI 0406C B3.10.4).  The DSB is for A9's erratum 754322: a walk that
 * has begun would fill the micro TLB under the new identifier. */
static inline void ttbr0_set(uint32_t ttbr0, uint32_t asid, uint32_t empty)
{
	__asm__ volatile("mcr p15, 0, %2, c2, c0, 0\n\tisb\n\tdsb\n\t"
			 "mcr p15, 0, %1, c13, c0, 1\n\tisb\n\t" /* CONTEXTIDR */
			 "mcr p15, 0, %0, c2, c0, 0\n\tisb"
			 :
			 : "r"(ttbr0), "r"(asid), "r"(empty)
			 : "memory");
}

/** Forgets branch predictions that older mappings gave rise to (BPIALLIS, BPIALL). */
static inline void branch_invalidate(void)
{
	if (cpu_mp())
		__asm__ volatile("mcr p15, 0, %0, c7, c1, 6" : : "r"(0) : "memory");
	else
		__asm__ volatile("mcr p15, 0, %0, c7, c5, 6" : : "r"(0) : "memory");
}

#endif
