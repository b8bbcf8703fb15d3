/* SPDX-License-Identifier: ISC
 * Stands for kern/arm/machine.h where the portable kernel is compiled natively: CPUs and RAM in arrays. */
#ifndef TESTS_HOST_MACHINE_H
#define TESTS_HOST_MACHINE_H

#define MODEL_RAM_PA 0x60000000u
#define MODEL_RAM    0x00800000u /* bytes */

/* Where kern/arm/mmu.c thinks that things are. */
#define LINEAR_VA  0x80000000u
#define LINEAR_LEN 0x60000000u
#define IDS_VA     0xe0000000u
#define DEVICES_VA 0xf0000000u

extern struct cpu host_cpu[4];
extern int model_cpu; /* which of them runs the kernel */
extern uint8_t *host_ram;

extern struct frame_rec **host_ids;

static inline void *phys_va(pa_t pa)
{
	return host_ram + (pa - MODEL_RAM_PA);
}

static inline pa_t va_phys(const void *va)
{
	return (pa_t)((const uint8_t *)va - host_ram) + MODEL_RAM_PA;
}

static inline struct frame_rec **ids(void)
{
	return host_ids;
}

static inline struct record *records(void)
{
	return (struct record *)(void *)host_ram;
}

static inline struct cpu *cpu_here(void)
{
	return &host_cpu[model_cpu];
}

#include "mmu_page.h"

#endif
