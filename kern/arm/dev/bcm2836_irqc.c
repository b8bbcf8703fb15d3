/* SPDX-License-Identifier: ISC
 * The first core's interrupts on BCM2836 ("QA7: ARM Quad A7 core" rev 3.4): lines 72 to 75 are the core's timers, in the order
 * secure, non-secure, hypervisor's, virtual; those below come through from the controller of BCM2835. */
#include "arm.h"
#include "bcm2835_irqc.h"
#include "cpu.h"

#define GPU_ROUTING   0x0c
#define PMU_CLEAR     0x14
#define TIMER_CONTROL 0x40
#define MAILBOX_IRQS  0x50
#define SOURCE        0x60
#define SOURCE_GPU    0x100u
#define SOURCE_TIMERS 0xfu
#define TIMERS        4
#define FIRST         BCM2835_LINES /* of the core's own lines */

static volatile uint32_t *regs;

static void bcm2836_init(void)
{
	bcm2835_init();
	regs = device_map(board.irqc_pa[1]);
	regs[GPU_ROUTING / 4] = 0; /* the first core's IRQ */
	regs[PMU_CLEAR / 4] = ~0u;
	regs[TIMER_CONTROL / 4] = 0;
	regs[MAILBOX_IRQS / 4] = 0;
}

static int bcm2836_lines(void)
{
	return FIRST + TIMERS;
}

static int bcm2836_claim(void)
{
	uint32_t source = regs[SOURCE / 4];

	if (source & SOURCE_TIMERS)
		return FIRST + __builtin_ctz(source);
	return source & SOURCE_GPU ? bcm2835_claim() : -1;
}

static void bcm2836_end(int line)
{
	(void)line;
}

static void bcm2836_mask(int line)
{
	if (line < FIRST)
		bcm2835_mask(line);
	else
		regs[TIMER_CONTROL / 4] &= ~(1u << (line - FIRST));
}

static void bcm2836_unmask(int line)
{
	if (line < FIRST)
		bcm2835_unmask(line);
	else
		regs[TIMER_CONTROL / 4] |= 1u << (line - FIRST);
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
