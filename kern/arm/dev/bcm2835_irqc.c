/* SPDX-License-Identifier: ISC
 * The interrupt controller of BCM2835 ("BCM2835 ARM Peripherals" ch. 7): lines 0 to 63 are the VideoCore's devices,
 * 64 to 71 the Arm's own.  It has no priorities, and a line ends when its device is quiet.
 * Accesses to different devices of this chip may overtake each other: barriers stand around those to one (1.3). */
#include "arm.h"
#include "cpu.h"
#include "bcm2835_irqc.h"

#define BASIC_PENDING 0x00 /* lines 64 to 71, and whether there are others */
#define PENDING       0x04 /* lines 0 to 31, 32 to 63 */
#define FIQ_CONTROL   0x0c
#define ENABLE        0x10 /* likewise, then 64 to 71 */
#define DISABLE       0x1c
#define BASIC_LINES   0xffu

static volatile uint32_t *regs;

void bcm2835_init(void)
{
	regs = device_map(board.irqc_pa[0]);
	regs[FIQ_CONTROL / 4] = 0;
	for (int bank = 0; bank < 3; bank++)
		regs[DISABLE / 4 + bank] = ~0u;
}

static int bcm2835_lines(void)
{
	return BCM2835_LINES;
}

static bool bcm2835_pending(void)
{
	return regs[BASIC_PENDING / 4] != 0;
}

static int lowest_pending(void)
{
	uint32_t pending = regs[BASIC_PENDING / 4] & BASIC_LINES;

	if (pending)
		return 64 + __builtin_ctz(pending);
	for (int bank = 0; bank < 2; bank++) {
		pending = regs[PENDING / 4 + bank];
		if (pending)
			return 32 * bank + __builtin_ctz(pending);
	}
	return -1;
}

int bcm2835_claim(void)
{
	int line;

	cpu_sync_data();
	line = lowest_pending();
	cpu_sync_data();
	return line;
}

static void bcm2835_end(int line)
{
	(void)line;
}

void bcm2835_mask(int line)
{
	cpu_sync_data();
	regs[DISABLE / 4 + line / 32] = 1u << line % 32;
	cpu_sync_data();
}

void bcm2835_unmask(int line)
{
	regs[ENABLE / 4 + line / 32] = 1u << line % 32;
}

const struct irqc bcm2835_irqc = {
	.init = bcm2835_init,
	.lines = bcm2835_lines,
	.pending = bcm2835_pending,
	.claim = bcm2835_claim,
	.end = bcm2835_end,
	.mask = bcm2835_mask,
	.unmask = bcm2835_unmask,
};
