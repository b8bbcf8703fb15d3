/* SPDX-License-Identifier: ISC
 * The generic interrupt controller, versions 1 and 2 (ARM IHI 0048B): its distributor and its CPU interface.  One
 * priority, one CPU. */
#include "arm.h"
#include "cpu.h"

#define GICD_CTLR       0x000
#define GICD_TYPER      0x004
#define GICD_ISENABLER  0x100
#define GICD_ICENABLER  0x180
#define GICD_ICPENDR    0x280
#define GICD_ICACTIVER  0x380
#define GICD_IPRIORITYR 0x400
#define GICD_ITARGETSR  0x800
#define GICC_CTLR       0x000
#define GICC_PMR        0x004
#define GICC_IAR        0x00c
#define GICC_EOIR       0x010
#define TYPER_LINES     0x1f
#define IAR_ID          0x3ff
#define SPURIOUS        1020        /* and above */
#define PRIORITIES      0xa0a0a0a0u /* of four lines: one for all */
#define TARGETS         0x01010101u /* of four lines: the first CPU */
#define PMR_ALL         0xffu

static volatile uint32_t *dist, *cpu_if;
static int lines;

static int gic_lines(void)
{
	return lines;
}

static void gic_init(void)
{
	dist = device_map(board.irqc_pa[0]);
	cpu_if = device_map(board.irqc_pa[1]);
	lines = (int)((dist[GICD_TYPER / 4] & TYPER_LINES) + 1) * 32;
	dist[GICD_CTLR / 4] = 0;
	for (int i = 0; i < lines; i += 32) { /* whatever the loader left */
		dist[GICD_ICENABLER / 4 + i / 32] = ~0u;
		dist[GICD_ICPENDR / 4 + i / 32] = ~0u;
		dist[GICD_ICACTIVER / 4 + i / 32] = ~0u;
	}
	for (int i = 0; i < lines; i += 4) {
		dist[GICD_IPRIORITYR / 4 + i / 4] = PRIORITIES;
		if (i >= 32)
			dist[GICD_ITARGETSR / 4 + i / 4] = TARGETS;
	}
	dist[GICD_CTLR / 4] = 1;
	cpu_if[GICC_PMR / 4] = PMR_ALL;
	cpu_if[GICC_CTLR / 4] = 1;
}

static int gic_claim(void)
{
	uint32_t id = cpu_if[GICC_IAR / 4] & IAR_ID;

	return id >= SPURIOUS ? -1 : (int)id;
}

/* A line that was masked, and the timer's that was quietened, are so before it ends, or the line would fire once more. */
static void gic_end(int line)
{
	cpu_sync_data();
	cpu_if[GICC_EOIR / 4] = (uint32_t)line;
}

static void gic_mask(int line)
{
	dist[GICD_ICENABLER / 4 + (unsigned)line / 32] = 1u << (unsigned)line % 32;
}

static void gic_unmask(int line)
{
	dist[GICD_ISENABLER / 4 + (unsigned)line / 32] = 1u << (unsigned)line % 32;
}

const struct irqc gic = {
	.init = gic_init,
	.lines = gic_lines,
	.pending = irq_line_pending,
	.claim = gic_claim,
	.end = gic_end,
	.mask = gic_mask,
	.unmask = gic_unmask,
};
