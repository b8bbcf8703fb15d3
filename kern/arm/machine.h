/* SPDX-License-Identifier: ISC
 * The inline part of arch.h for Arm: the kernel's view of memory, and where a CPU finds what it owns.
 *
 *   0x00000000  user space (TTBR0, TTBCR.N = 1: DDI 0406C B3.5.4)
 *   0x80000000  all RAM, linearly, in sections
 *   0xe0000000  what ids name: a word for each page
 *   0xf0000000  the kernel's own devices, a section each */
#ifndef KERN_ARM_MACHINE_H
#define KERN_ARM_MACHINE_H

#define LINEAR_VA  0x80000000u
#define LINEAR_LEN 0x60000000u
#define IDS_VA     0xe0000000u
#define DEVICES_VA 0xf0000000u

#include "mmu_page.h"

static inline void *phys_va(pa_t pa)
{
	return (void *)(uintptr_t)(pa + mmu.linear_offset);
}

static inline pa_t va_phys(const void *va)
{
	return (pa_t)(uintptr_t)va - mmu.linear_offset;
}

/** Which frame begins at each page, by the page's number: see id.c. */
static inline struct frame_rec **ids(void)
{
	struct frame_rec **array = (struct frame_rec **)(uintptr_t)IDS_VA;

	__asm__("" : "+r"(array)); /* in a register, from which two lookups index it */
	return array;
}

/** All memory as an array of records, by which a record has its index. */
static inline struct record *records(void)
{
	return (struct record *)(uintptr_t)LINEAR_VA;
}

/* TPIDRPRW holds this CPU's struct cpu: DDI 0406C B4.1.150; ARM1176 has it too (DDI 0301 3.2.48). */
static inline struct cpu *cpu_here(void)
{
	struct cpu *cpu;

	__asm__("mrc p15, 0, %0, c13, c0, 4" : "=r"(cpu));
	return cpu;
}

#endif
