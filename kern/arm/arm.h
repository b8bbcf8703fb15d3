/* SPDX-License-Identifier: ISC
 * What the Arm part asks of itself: start-up, devices, boards. */
#ifndef KERN_ARM_ARM_H
#define KERN_ARM_ARM_H

#include "arch.h"

/** How walks and memory are cached: TTBR's attributes.  Before anything is mapped. */
void mmu_attributes(uint32_t ttbr_attributes);
/** Maps what the loader left at pa, up to a section of it, at its place in the linear map, where it must be. */
const void *boot_map(pa_t pa);
/** Takes the machine's memory into the kernel's map and gives up the one that start.S stood on. */
void mmu_init(void);
/** Maps the section of a device for the kernel; the address of its byte `pa`.  Only while booting. */
void *device_map(pa_t pa);

/** Whether pc lies in the kernel's code. */
bool text_holds(uint32_t pc);
/** From a function to its caller: r[] are the registers in it, r15 at an instruction of it or at its call.  Reads only
 * [low, top) of the stack.  False: it goes no further. */
bool unwind_step(uint32_t r[16], uint32_t low, uint32_t top);

/** An interrupt controller: what arch.h asks of one. */
struct irqc {
	void (*init)(void); /* maps itself; every line is masked */
	int (*lines)(void);
	bool (*pending)(void);
	int (*claim)(void);
	void (*end)(int line);
	void (*mask)(int line);
	void (*unmask)(int line);
};
extern const struct irqc gic, bcm2835_irqc, bcm2836_irqc;

/** A board: data, and at most two functions.  One per image. */
struct board {
	/** NULL, or switches off what a loader left on of caches outside the CPU.  Runs before the MMU is on, where the image
	 * stands: has no static data.  First, as start.S knows. */
	void (*caches_off)(void);
	const char *name;
	pa_t ram_pa;
	uint32_t ram_default; /* if nobody says how much there is */
	/** Reads what the loader left in memory, if it is no list of ATAGs: bytes of RAM at ram_pa, 0: it does not say.
	 * May fill in the rest of this structure.  NULL: nothing but ATAGs is known. */
	uint32_t (*told)(const void *told);
	const struct irqc *irqc;
	pa_t irqc_pa[2];   /* GIC: distributor, CPU interface.  BCM283x: of the VideoCore's lines, of the core's own */
	pa_t timer_pa;     /* the kernel's timer, if it is not the CPU's */
	uint32_t timer_hz; /* and its rate; of the CPU's, if firmware does not say it.  0: not known */
	int timer_line;
	pa_t uart;
	const struct device_desc *devices;
	int devices_n;
	pa_t reset_pa;       /* of the device that resets it */
	void (*early)(void); /* NULL, or what must be before any device is set up */
};
extern struct board board; /* constant once `told` has run */

/* dev/ */
/** Starts the kernel's timer, nothing set: its time is 0.  What else it does is in kern/arch.h. */
void timer_init(void);
/** Maps the UART for a panic's output; nothing else of it changes. */
void uart_init(pa_t pa);
/** Waits until there is room, then sends; nothing before uart_init. */
void uart_put(char c);
/** For board.caches_off: an L2C-310. */
void l2c310_off(volatile uint32_t *regs);
/** Whether the firmware that resets the machine is called with SMC, or HVC. */
void psci_conduit(bool smc);
/** Whether this is a device tree of at most a section. */
bool fdt_valid(const void *told);
/** Its first range of memory. */
bool fdt_memory(const void *fdt, pa_t *pa, uint32_t *len);
/** The first device that is compatible with that: its n-th block of registers, and its line at a GIC. */
bool fdt_device(const void *fdt, const char *compatible, int n, struct device_desc *d);
/** The n-th interrupt of the first device that is compatible with that, a line at a GIC; -1: there is none. */
int fdt_line(const void *fdt, const char *compatible, int n);
/** The first such device's clock-frequency in Hz; 0: it does not say. */
uint32_t fdt_rate(const void *fdt, const char *compatible);
/** Whether firmware is called with SMC rather than HVC. */
bool fdt_psci_smc(const void *fdt);
/** For board.told. */
uint32_t fdt_ram(const void *told);
/** Maps what resets the machine. */
void reset_init(void);
void reset(void); /* returns at once; the machine ends soon, or it failed */

#endif
