/* SPDX-License-Identifier: ISC
 * ARMv6's barriers, which are CP15 operations (DDI 0301 3.2.22), and single invalidations (3.2.23): for cpu.h. */
#ifndef KERN_ARM_BARRIER_H
#define KERN_ARM_BARRIER_H

#include <stdbool.h>
#include <stdint.h>

/** All earlier writes are visible to everybody before anything later happens (data synchronization barrier). */
static inline void cpu_sync_data(void)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c10, 4" : : "r"(0) : "memory");
}

/** The instructions that follow are fetched anew (flush prefetch buffer). */
static inline void cpu_sync_insn(void)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c5, 4" : : "r"(0) : "memory");
}

/** Invalidates one page's entry of one ASID: `va_asid` is the page's address with the ASID in its low bits. */
static inline void tlb_invalidate_page(uint32_t va_asid)
{
	__asm__ volatile("mcr p15, 0, %0, c8, c7, 1" : : "r"(va_asid) : "memory");
}

/** Switches the user half to the L1 at ttbr0 with that ASID, without ever walking one's table under the other's ASID: through the
 * empty table, which holds nothing that a walk could tag.  Writing the context ID forgets all branch predictions (3.2.47). */
static inline void ttbr0_set(uint32_t ttbr0, uint32_t asid, uint32_t empty)
{
	__asm__ volatile("mcr p15, 0, %3, c7, c10, 4\n\t"
			 "mcr p15, 0, %2, c2, c0, 0\n\tmcr p15, 0, %3, c7, c5, 4\n\t"
			 "mcr p15, 0, %1, c13, c0, 1\n\tmcr p15, 0, %3, c7, c5, 4\n\t"
			 "mcr p15, 0, %0, c2, c0, 0\n\tmcr p15, 0, %3, c7, c5, 4"
			 :
			 : "r"(ttbr0), "r"(asid), "r"(empty), "r"(0)
			 : "memory");
}

/** Forgets branch predictions that older mappings gave rise to. */
static inline void branch_invalidate(void)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c5, 6" : : "r"(0) : "memory");
}

#endif
