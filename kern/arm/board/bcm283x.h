/* SPDX-License-Identifier: ISC
 * The devices of BCM2835 and BCM2836, from PERIPHERALS on, and their lines at the VideoCore's controller. */
#ifndef KERN_ARM_BOARD_BCM283X_H
#define KERN_ARM_BOARD_BCM283X_H

#define BCM283X_DEVICES                                                                                                \
	{"dma", PERIPHERALS + 0x007000, 0x1000, 16}, {"rng", PERIPHERALS + 0x104000, 0x1000, -1},                      \
		{"gpio", PERIPHERALS + 0x200000, 0x1000, 49}, {"pl011", PERIPHERALS + 0x201000, 0x1000, 57},           \
		{"sdhost", PERIPHERALS + 0x202000, 0x1000, 56}, {"spi", PERIPHERALS + 0x204000, 0x1000, 54},           \
		{"i2c", PERIPHERALS + 0x804000, 0x1000, 53}, {"aux", PERIPHERALS + 0x215000, 0x1000, 29},              \
		{"emmc", PERIPHERALS + 0x300000, 0x1000, 62},                                                          \
	{                                                                                                              \
		"usb", PERIPHERALS + 0x980000, 0x10000, 9                                                              \
	}

#endif
