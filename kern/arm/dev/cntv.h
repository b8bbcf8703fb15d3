/* SPDX-License-Identifier: ISC
 * The registers of the generic timer's virtual view (DDI 0406C B8.1), one line each. */
#ifndef KERN_ARM_DEV_CNTV_H
#define KERN_ARM_DEV_CNTV_H

#include <stdint.h>

/** CNTFRQ: the rate, if firmware has said it. */
static inline uint32_t cntfrq(void)
{
	uint32_t v;

	__asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(v));
	return v;
}

/** CNTKCTL: what users may reach. */
static inline void cntkctl(uint32_t v)
{
	__asm__ volatile("mcr p15, 0, %0, c14, c1, 0" : : "r"(v));
}

/** CNTVCT, not read before what stands before it is done. */
static inline uint64_t cntvct(void)
{
	uint64_t v;

	__asm__ volatile("isb\n\tmrrc p15, 1, %Q0, %R0, c14" : "=r"(v));
	return v;
}

/** CNTV_CVAL. */
static inline void cntv_cval(uint64_t v)
{
	__asm__ volatile("mcrr p15, 3, %Q0, %R0, c14" : : "r"(v));
}

/** CNTV_CTL: 1 on, 0 off; from now on. */
static inline void cntv_ctl(uint32_t v)
{
	__asm__ volatile("mcr p15, 0, %0, c14, c3, 1\n\tisb" : : "r"(v));
}

#endif
