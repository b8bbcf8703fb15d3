# SPDX-License-Identifier: ISC
# What the build and tools/run know of the Raspberry Pi 1 and Zero; QEMU_raspi0 is for MACHINE=raspi0, the same kernel.
GENERATION   := v6
KERN_DEVICES := bcm2835_irqc timer_bcm2835 pl011 fdt reset_bcm2835
KERN_CPU     := -mcpu=arm1176jzf-s -marm -mfloat-abi=soft -mgeneral-regs-only
KERNEL_VA    := 0x80010000
USER_CPU     := -marm -march=armv6k+fp -mfloat-abi=hard
QEMU         := -M raspi1ap
QEMU_raspi0  := -M raspi0
BOARD_MEM    := 512M
# What MEM leaves is the VideoCore's, as with a real one's gpu_mem.
QEMU_MEM_REST := bcm2835-fb.vcram-size
SDCARD_KERNEL := kernel.img
