/* SPDX-License-Identifier: ISC
 * What RealView's Platform Baseboards share (ARM DUI 0417, DUI 0440): devices and their lines at the GIC, shared ones from 32 on. */
#ifndef KERN_ARM_BOARD_REALVIEW_H
#define KERN_ARM_BOARD_REALVIEW_H

#define REALVIEW_DEVICES                                                                                               \
	{"pl041", 0x10004000, 0x1000, 32 + 19}, {"pl180", 0x10005000, 0x1000, 32 + 17},                                \
		{"kmi0", 0x10006000, 0x1000, 32 + 20}, {"kmi1", 0x10007000, 0x1000, 32 + 21},                          \
		{"pl011", 0x10009000, 0x1000, 32 + 12}, {"uart1", 0x1000a000, 0x1000, 32 + 13},                        \
		{"uart2", 0x1000b000, 0x1000, 32 + 14}, {"uart3", 0x1000c000, 0x1000, 32 + 15},                        \
		{"timer23", 0x10012000, 0x1000, 32 + 5}, {"gpio0", 0x10013000, 0x1000, 32 + 6},                        \
		{"rtc", 0x10017000, 0x1000, 32 + 10}, {"pl111", 0x10020000, 0x1000, 32 + 23},                          \
		{"pl081", 0x10030000, 0x1000, 32 + 24},                                                                \
	{                                                                                                              \
		"lan9118", 0x4e000000, 0x1000, 32 + 28                                                                 \
	}

#endif
