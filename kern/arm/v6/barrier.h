/* SPDX-License-Identifier: ISC
 * ARMv6's barriers, which are CP15 operations (DDI 0301 3.2.22): for cpu.h. */
#ifndef KERN_ARM_BARRIER_H
#define KERN_ARM_BARRIER_H

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

#endif
