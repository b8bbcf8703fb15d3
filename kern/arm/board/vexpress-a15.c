/* SPDX-License-Identifier: ISC
 * Versatile Express with the A15 CoreTile (ARM DUI 0604, DUI 0447): data. */
#include "arm.h"

/* Lines are the GIC's: shared ones from 32 on.  The system controller (SP810), which sets clocks, and the watchdog (SP805), either
 * of which can reset the board, are nobody's. */
static const struct device_desc devices[] = {
	{"pl041", 0x1c040000, 0x1000, 32 + 11},
	{"pl180", 0x1c050000, 0x1000, 32 + 9},
	{"kmi0", 0x1c060000, 0x1000, 32 + 12},
	{"kmi1", 0x1c070000, 0x1000, 32 + 13},
	{"pl011", 0x1c090000, 0x1000, 32 + 5},
	{"uart1", 0x1c0a0000, 0x1000, 32 + 6},
	{"uart2", 0x1c0b0000, 0x1000, 32 + 7},
	{"uart3", 0x1c0c0000, 0x1000, 32 + 8},
	{"timer01", 0x1c110000, 0x1000, 32 + 2},
	{"timer23", 0x1c120000, 0x1000, 32 + 3},
	{"rtc", 0x1c170000, 0x1000, 32 + 4},
	{"pl111", 0x1c1f0000, 0x1000, 32 + 14},
	{"lan9118", 0x1a000000, 0x1000, 32 + 15},
};

struct board board = {
	.name = "vexpress-a15",
	.ram_pa = 0x80000000,
	.ram_default = 64 << 20,
	.irqc = &gic,
	.irqc_pa = {0x2c001000, 0x2c002000},
	.uart = 0x1c090000,
	.timer_hz = 24000000, /* DUI 0604 */
	.timer_line = 27,     /* the virtual timer's private interrupt: DDI 0438 8.2 */
	.reset_pa = 0x1c010000,
	.devices = devices,
	.devices_n = sizeof devices / sizeof *devices,
};
