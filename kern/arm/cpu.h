/* SPDX-License-Identifier: ISC
 * What the generations of Arm CPUs do differently: v6.S and v7.S define these.  Addresses are virtual. */
#ifndef KERN_ARM_CPU_H
#define KERN_ARM_CPU_H

#include <stdbool.h>
#include <stdint.h>
#include "barrier.h" /* inline: cpu_sync_data, cpu_sync_insn, ttbr0_set, tlb_invalidate_page, branch_invalidate */

/* For start.S, before the MMU is on: r0 to r7 may change.
 * cpu_start: switches coherency on where there is any, invalidates the first data cache, leaves Hyp mode.  cpu_walk_bits: TTBR's attributes.  icache_invalidate: all of it, and the branch
 * predictors.  start_sync_data, start_sync_insn: barrier.h's barriers, for assembly that is the same on every generation. */

/** Where a CPU that the kernel does not use sleeps: code for a physical address, MMU off. */
void cpu_park(void);
/** Wakes CPUs that wait for an event; they see all earlier writes (SEV). */
void cpu_event(void);
/** Cleans the data cache lines of [va, va + len) to the point of coherency. */
void cache_clean(const void *va, uint32_t len);
/** Cleans and invalidates them. */
void cache_flush(const void *va, uint32_t len);
/** Cleans to the point of unification, invalidates instruction caches and branch predictors. */
void cache_unify(const void *va, uint32_t len);
void tlb_invalidate_asid(uint32_t asid);
void tlb_invalidate_all(void);
/** Whether the table walk sees what the data cache holds (ID_MMFR3[23:20]). */
bool walk_coherent(void);
/** An interrupt is pending (ISR; not on v6, where the interrupt controller is asked). */
bool irq_line_pending(void);
/** n words, a multiple of 8 and not 0, become first, first + step, … */
void words_count(void *to, uint32_t n, uint32_t first, uint32_t step);
void cpu_wait(void);
/** What users may reach of the CPU's own registers: the cycle counter, if there is one, and nothing that no switch saves. */
void user_registers_init(void);

#endif
