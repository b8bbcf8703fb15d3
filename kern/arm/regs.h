/* SPDX-License-Identifier: ISC
 * Coprocessor registers that C reads and writes, one line each (DDI 0406C B4.1). */
#ifndef KERN_ARM_REGS_H
#define KERN_ARM_REGS_H

#include "object.h"

static inline uint32_t dfar_get(void)
{
	uint32_t v;

	__asm__ volatile("mrc p15, 0, %0, c6, c0, 0" : "=r"(v));
	return v;
}

static inline uint32_t dfsr_get(void)
{
	uint32_t v;

	__asm__ volatile("mrc p15, 0, %0, c5, c0, 0" : "=r"(v));
	return v;
}

static inline uint32_t ifsr_get(void)
{
	uint32_t v;

	__asm__ volatile("mrc p15, 0, %0, c5, c0, 1" : "=r"(v));
	return v;
}

/** Where a fetch failed; ARM1176 has it, too. */
static inline uint32_t ifar_get(void)
{
	uint32_t v;

	__asm__ volatile("mrc p15, 0, %0, c6, c0, 2" : "=r"(v));
	return v;
}

static inline uint32_t id_pfr0_get(void)
{
	uint32_t v;

	__asm__("mrc p15, 0, %0, c0, c1, 0" : "=r"(v));
	return v;
}

/** An exclusive access that was begun will fail: one that is ended, whatever becomes of it, leaves the monitor open (DDI 0406C
 * A3.4.1).  Cortex-A15's erratum 830321 forbids CLREX. */
static inline void exclusive_clear(void)
{
	uint32_t nothing, failed;

	__asm__ volatile("strex %0, %2, [%2]" : "=&r"(failed), "=m"(nothing) : "r"(&nothing));
}

/** TPIDRURO, which users read, TPIDRURW, which is theirs; and no exclusive access survives a switch. */
static inline void thread_id_set(uint32_t id, uint32_t tls)
{
	__asm__ volatile("mcr p15, 0, %0, c13, c0, 3\n\tmcr p15, 0, %1, c13, c0, 2" : : "r"(id), "r"(tls));
	exclusive_clear();
}

static inline uint32_t thread_tls_get(void)
{
	uint32_t v;

	__asm__ volatile("mrc p15, 0, %0, c13, c0, 2" : "=r"(v));
	return v;
}

/** FPEXC.EN (VMSR FPEXC, by the name that needs no VFP of the compiler). */
static inline void vfp_switch(bool on)
{
	__asm__ volatile("mcr p10, 7, %0, c8, c0, 0" : : "r"(on ? 1u << 30 : 0u));
}
void vfp_store(struct vfp *to);
void vfp_load(const struct vfp *from);

#endif
