# SPDX-License-Identifier: ISC
# What the build and tools/run know of the Raspberry Pi 2.  QEMU has its memory and its CPUs always; the kernel uses one.
GENERATION   := v7
KERN_DEVICES := bcm2835_irqc bcm2836_irqc timer_generic pl011 fdt reset_bcm2835
KERN_CPU     := -mcpu=cortex-a7 -mthumb -mfloat-abi=soft -mgeneral-regs-only
KERNEL_VA    := 0x80010000
USER_CPU     := -mthumb -march=armv7-a+simd -mfloat-abi=hard
QEMU         := -M raspi2b
BOARD_MEM    := 1G
BOARD_CPUS   := 4
# What MEM leaves is the VideoCore's, as with a real one's gpu_mem.
QEMU_MEM_REST := bcm2835-fb.vcram-size
SDCARD_KERNEL := kernel7.img
