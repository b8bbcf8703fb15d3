/* SPDX-License-Identifier: ISC
 * RealView Platform Baseboard for Cortex-A8 (ARM DUI 0417): data, and how its timers are clocked. */
#include "arm.h"
#include "realview.h"

#define SYSCTRL_PA  0x10001000
#define SCCTRL      0x00
#define TIMERS_1MHZ (1u << 15 | 1u << 17 | 1u << 19 | 1u << 21) /* TimerEnNSel: 1 MHz rather than 32 kHz */

/* Lines are the GIC's: shared ones from 32 on.  Timers 0 and 1 are the kernel's. */
static const struct device_desc devices[] = {
	REALVIEW_DEVICES,
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
