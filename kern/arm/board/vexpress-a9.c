/* SPDX-License-Identifier: ISC
 * Versatile Express with the A9x4 CoreTile (ARM DUI 0448; DUI 0447 4.2, legacy memory map): data. */
#include "arm.h"

#define PRIVATE_PA 0x1e000000 /* the A9's own devices */

/* Lines are the GIC's: shared ones from 32 on.  The system controller (SP810), which sets clocks, and the watchdog (SP805), either
 * of which can reset the board, are nobody's. */
static const struct device_desc devices[] = {
	{"pl041", 0x10004000, 0x1000, 32 + 11},
	{"pl180", 0x10005000, 0x1000, 32 + 9},
	{"kmi0", 0x10006000, 0x1000, 32 + 12},
	{"kmi1", 0x10007000, 0x1000, 32 + 13},
	{"pl011", 0x10009000, 0x1000, 32 + 5},
	{"uart1", 0x1000a000, 0x1000, 32 + 6},
	{"uart2", 0x1000b000, 0x1000, 32 + 7},
	{"uart3", 0x1000c000, 0x1000, 32 + 8},
	{"timer01", 0x10011000, 0x1000, 32 + 2},
	{"timer23", 0x10012000, 0x1000, 32 + 3},
	{"rtc", 0x10017000, 0x1000, 32 + 4},
	{"pl111", 0x10020000, 0x1000, 32 + 44},
	{"lan9118", 0x4e000000, 0x1000, 32 + 15},
};

static void caches_off(void)
{
	l2c310_off((volatile uint32_t *)(PRIVATE_PA + 0xa000));
}

struct board board = {
	.caches_off = caches_off,
	.name = "vexpress-a9",
	.ram_pa = 0x60000000,
	.ram_default = 64 << 20,
	.irqc = &gic,
	.irqc_pa = {PRIVATE_PA + 0x1000, PRIVATE_PA + 0x100},
	.timer_pa = PRIVATE_PA + 0x200,
	.timer_hz = 100000000,
	.timer_line = 27, /* DDI 0407 3.1.2 */
	.uart = 0x10009000,
	.reset_pa = 0x10000000,
	.devices = devices,
	.devices_n = sizeof devices / sizeof *devices,
};
