/* SPDX-License-Identifier: ISC
 * ARMv7's barriers, where they are needed (DDI 0406C A3.8.3): for cpu.h. */
#ifndef KERN_ARM_BARRIER_H
#define KERN_ARM_BARRIER_H

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

#endif
