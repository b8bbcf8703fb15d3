/* SPDX-License-Identifier: ISC
 * Raspberry Pi 1 and Zero (BCM2835, ARM1176JZF-S): data. */
#include "arm.h"

#define PERIPHERALS 0x20000000

/* Lines are the VideoCore's.  The pages of the interrupt controller (with the mailboxes), of the power manager and of the
 * system timer stay the kernel's. */
static const struct device_desc devices[] = {
	{"dma", PERIPHERALS + 0x007000, 0x1000, 16},
	{"rng", PERIPHERALS + 0x104000, 0x1000, -1},
	{"gpio", PERIPHERALS + 0x200000, 0x1000, 49},
	{"pl011", PERIPHERALS + 0x201000, 0x1000, 57},
	{"sdhost", PERIPHERALS + 0x202000, 0x1000, 56},
	{"spi", PERIPHERALS + 0x204000, 0x1000, 54},
	{"i2c", PERIPHERALS + 0x804000, 0x1000, 53},
	{"aux", PERIPHERALS + 0x215000, 0x1000, 29},
	{"emmc", PERIPHERALS + 0x300000, 0x1000, 62},
	{"usb", PERIPHERALS + 0x980000, 0x10000, 9},
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
