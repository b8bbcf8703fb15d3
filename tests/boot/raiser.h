/* SPDX-License-Identifier: ISC
 * A device whose interrupt a test can raise by itself: the first of a few kinds that the board has.  It keeps asking
 * until it is told to be quiet. */
#ifndef RAISER_H
#define RAISER_H

#include "test.h"

/** Registers are numbered in words; `raise` makes the line fire within about a millisecond, `quiet` ends that. */
struct raiser {
	const char *name;
	void (*raise)(volatile uint32_t *regs);
	void (*quiet)(volatile uint32_t *regs);
};

/* SP804 (DDI 0271): load, value, control, clear; one shot of 1 ms, 32 bits. */
static void sp804_raise(volatile uint32_t *regs)
{
	regs[0] = 1000;
	regs[2] = 1u << 7 | 1u << 6 | 1u << 5 | 1u << 1 | 1u;
}

static void sp804_quiet(volatile uint32_t *regs)
{
	regs[2] = 0;
	regs[3] = 1;
}

/* BCM2835's mini UART: its empty transmitter asks, once the block is enabled. */
static void aux_raise(volatile uint32_t *regs)
{
	regs[0x04 / 4] |= 1;
	regs[0x44 / 4] = 2;
}

static void aux_quiet(volatile uint32_t *regs)
{
	regs[0x44 / 4] = 0;
}

/* PL031 (DDI 0224): data, match, load, control, mask, raw, masked, clear; equal seconds match. */
static void pl031_raise(volatile uint32_t *regs)
{
	regs[4] = 1;
	do
		regs[1] = regs[0];
	while (regs[1] != regs[0]);
}

static void pl031_quiet(volatile uint32_t *regs)
{
	regs[4] = 0;
	regs[7] = 1;
}

static const struct raiser raisers[] = {
	{"timer23", sp804_raise, sp804_quiet},
	{"aux", aux_raise, aux_quiet},
	{"rtc", pl031_raise, pl031_quiet},
};

/** Takes the first that is free: its frame, its line and its kind stored.  Skips the test if the board has none. */
static int raiser_new(int *irq, const struct raiser **kind)
{
	for (*kind = raisers; *kind < raisers + sizeof raisers / sizeof *raisers; ++*kind) {
		int f = device_try((*kind)->name, irq);

		if (f)
			return f;
	}
	SKIP("this board has no device whose interrupt a program can raise");
	return 0;
}

#endif
