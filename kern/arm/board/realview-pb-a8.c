/* SPDX-License-Identifier: ISC
 * RealView Platform Baseboard for Cortex-A8 (ARM DUI 0417): data, and how its timers are clocked. */
#include "arm.h"

#define SYSCTRL_PA  0x10001000
#define SCCTRL      0x00
#define TIMERS_1MHZ (1u << 15 | 1u << 17 | 1u << 19 | 1u << 21) /* TimerEnNSel: 1 MHz rather than 32 kHz */

/* Lines are the GIC's: shared ones from 32 on.  Timers 0 and 1 are the kernel's. */
static const struct device_desc devices[] = {
	{"pl041", 0x10004000, 0x1000, 32 + 19},
	{"pl180", 0x10005000, 0x1000, 32 + 17},
	{"kmi0", 0x10006000, 0x1000, 32 + 20},
	{"kmi1", 0x10007000, 0x1000, 32 + 21},
	{"pl011", 0x10009000, 0x1000, 32 + 12},
	{"uart1", 0x1000a000, 0x1000, 32 + 13},
	{"uart2", 0x1000b000, 0x1000, 32 + 14},
	{"uart3", 0x1000c000, 0x1000, 32 + 15},
	{"timer23", 0x10012000, 0x1000, 32 + 5},
	{"gpio0", 0x10013000, 0x1000, 32 + 6},
	{"rtc", 0x10017000, 0x1000, 32 + 10},
	{"pl111", 0x10020000, 0x1000, 32 + 23},
	{"pl081", 0x10030000, 0x1000, 32 + 24},
	{"lan9118", 0x4e000000, 0x1000, 32 + 28},
};

static void early(void)
{
	volatile uint32_t *sysctrl = device_map(SYSCTRL_PA);

	sysctrl[SCCTRL / 4] |= TIMERS_1MHZ;
}

struct board board = {
	.name = "realview-pb-a8",
	.ram_pa = 0x70000000,
	.ram_default = 64 << 20,
	.irqc = &gic,
	.irqc_pa = {0x1e001000, 0x1e000000},
	.timer_pa = 0x10011000,
	.timer_hz = 1000000,
	.timer_line = 32 + 4,
	.uart = 0x10009000,
	.reset_pa = 0x10000000,
	.devices = devices,
	.devices_n = sizeof devices / sizeof *devices,
	.early = early,
};
