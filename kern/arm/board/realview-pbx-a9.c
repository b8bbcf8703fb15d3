/* SPDX-License-Identifier: ISC
 * RealView Platform Baseboard Explore for Cortex-A9 (ARM DUI 0440): data.  Its RAM is at 0x70000000;
 * the first 256 MiB of it are seen at 0, too, where loaders put the image. */
#include "arm.h"

#define PRIVATE_PA 0x1f000000 /* the A9's own devices */

/* Lines are the GIC's: shared ones from 32 on. */
static const struct device_desc devices[] = {
	{"pl041", 0x10004000, 0x1000, 32 + 19},
	{"pl180", 0x10005000, 0x1000, 32 + 17},
	{"kmi0", 0x10006000, 0x1000, 32 + 20},
	{"kmi1", 0x10007000, 0x1000, 32 + 21},
	{"pl011", 0x10009000, 0x1000, 32 + 12},
	{"uart1", 0x1000a000, 0x1000, 32 + 13},
	{"uart2", 0x1000b000, 0x1000, 32 + 14},
	{"uart3", 0x1000c000, 0x1000, 32 + 15},
	{"timer01", 0x10011000, 0x1000, 32 + 4},
	{"timer23", 0x10012000, 0x1000, 32 + 5},
	{"gpio0", 0x10013000, 0x1000, 32 + 6},
	{"rtc", 0x10017000, 0x1000, 32 + 10},
	{"pl111", 0x10020000, 0x1000, 32 + 23},
	{"pl081", 0x10030000, 0x1000, 32 + 24},
	{"lan9118", 0x4e000000, 0x1000, 32 + 28},
};

struct board board = {
	.name = "realview-pbx-a9",
	.ram_pa = 0x70000000,
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
	.early = scu_enable,
};
