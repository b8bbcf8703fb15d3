/* SPDX-License-Identifier: ISC
 * Raspberry Pi 1 and Zero (BCM2835, ARM1176JZF-S): data. */
#include "arm.h"
#include "bcm283x.h"

#define PERIPHERALS 0x20000000

/* Lines are the VideoCore's.  The pages of the interrupt controller (with the mailboxes), of the power manager and of the
 * system timer stay the kernel's. */
static const struct device_desc devices[] = {
	BCM283X_DEVICES,
};

struct board board = {
	.name = "raspi1",
	.ram_pa = 0,
	.ram_default = 64 << 20, /* the VideoCore leaves more than that whatever it is told */
	.told = fdt_ram,
	.irqc = &bcm2835_irqc,
	.irqc_pa = {PERIPHERALS + 0xb200},
	.timer_pa = PERIPHERALS + 0x3000,
	.timer_hz = 1000000,
	.timer_line = 3,
	.uart = PERIPHERALS + 0x201000,
	.reset_pa = PERIPHERALS + 0x100000,
	.devices = devices,
	.devices_n = sizeof devices / sizeof *devices,
};
