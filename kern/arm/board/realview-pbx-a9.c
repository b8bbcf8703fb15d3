/* SPDX-License-Identifier: ISC
 * RealView Platform Baseboard Explore for Cortex-A9 (ARM DUI 0440): data.  Its RAM is at 0x70000000;
 * the first 256 MiB of it are seen at 0, too, where loaders put the image. */
#include "arm.h"
#include "realview.h"

#define PRIVATE_PA 0x1f000000 /* the A9's own devices */

/* Lines are the GIC's: shared ones from 32 on. */
static const struct device_desc devices[] = {
	REALVIEW_DEVICES,
	{"timer01", 0x10011000, 0x1000, 32 + 4},
};

static void caches_off(void)
{
	l2c310_off((volatile uint32_t *)(PRIVATE_PA + 0x2000));
}

struct board board = {
	.caches_off = caches_off,
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
};
