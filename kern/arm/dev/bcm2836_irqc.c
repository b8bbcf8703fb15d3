/* SPDX-License-Identifier: ISC
 * The first core's interrupts on BCM2836 ("QA7: ARM Quad A7 core" rev 3.4): lines 72 to 75 are the core's timers, in the order
 * secure, non-secure, hypervisor's, virtual; those below come through from the controller of BCM2835. */
#include "arm.h"
#include "cpu.h"

#define GPU_ROUTING   0x0c
#define TIMER_CONTROL 0x40
#define SOURCE        0x60
#define SOURCE_GPU    0x100u
#define SOURCE_TIMERS 0xfu
#define TIMERS        4

static volatile uint32_t *regs;
static int first; /* of the core's own lines */

static void bcm2836_init(void)
{
	bcm2835_irqc.init();
	first = bcm2835_irqc.lines();
	regs = device_map(board.irqc_pa[1]);
	regs[GPU_ROUTING / 4] = 0; /* the first core's IRQ */
	regs[TIMER_CONTROL / 4] = 0;
}

static int bcm2836_lines(void)
{
	return first + TIMERS;
}

static int bcm2836_claim(void)
{
	uint32_t source = regs[SOURCE / 4];

	if (source & SOURCE_TIMERS)
		return first + __builtin_ctz(source);
	return source & SOURCE_GPU ? bcm2835_irqc.claim() : -1;
}

static void bcm2836_end(int line)
{
	if (line < first)
		bcm2835_irqc.end(line);
}

static void bcm2836_mask(int line)
{
	if (line < first)
		bcm2835_irqc.mask(line);
	else
		regs[TIMER_CONTROL / 4] &= ~(1u << (line - first));
}

static void bcm2836_unmask(int line)
{
	if (line < first)
		bcm2835_irqc.unmask(line);
	else
		regs[TIMER_CONTROL / 4] |= 1u << (line - first);
}

const struct irqc bcm2836_irqc = {
	.init = bcm2836_init,
	.lines = bcm2836_lines,
	.pending = irq_line_pending,
	.claim = bcm2836_claim,
	.end = bcm2836_end,
	.mask = bcm2836_mask,
	.unmask = bcm2836_unmask,
};
