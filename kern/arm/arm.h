/* SPDX-License-Identifier: ISC
 * What the Arm part asks of itself: start-up, devices, boards. */
#ifndef KERN_ARM_ARM_H
#define KERN_ARM_ARM_H

#include "arch.h"

/** Takes the machine's memory into the kernel's map and gives up the one that start.S stood on. */
void mmu_init(uint32_t ttbr_attributes);
/** Maps the section of a device for the kernel; the address of its byte `pa`.  Only while booting. */
void *device_map(pa_t pa);

/** Whether pc lies in the kernel's code. */
bool text_holds(uint32_t pc);
/** From a function to its caller: r[] are the registers in it, r15 at an instruction of it or at its call.  Reads only
 * [low, top) of the stack.  False: it goes no further. */
bool unwind_step(uint32_t r[16], uint32_t low, uint32_t top);

/** A board: data, and at most two functions.  One per image. */
struct board {
	const char *name;
	pa_t ram_pa;
	uint32_t ram_default; /* if nobody says how much there is */
	pa_t gic_dist, gic_cpu;
	pa_t uart;
	int timer_line;
	const struct device_desc *devices;
	int devices_n;
	void (*early)(void); /* maps what reset needs */
	void (*reset)(void); /* returns only if it failed */
};
extern const struct board board;

/* dev/ */
void gic_init(pa_t dist, pa_t cpu);
void timer_init(void);
void uart_init(pa_t pa);
void uart_put(char c);

#endif
