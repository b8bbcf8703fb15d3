# SPDX-License-Identifier: ISC
# What the build and tools/run know of the RealView Platform Baseboard for Cortex-A8.
GENERATION   := v7
KERN_DEVICES := gic timer_sp804 pl011 reset_realview
KERN_CPU     := -mcpu=cortex-a8 -mthumb -mfloat-abi=soft -mgeneral-regs-only
KERNEL_VA    := 0x80010000
USER_CPU     := -mthumb -march=armv7-a+simd -mfloat-abi=hard
QEMU         := -M realview-pb-a8 -cpu cortex-a8
BOARD_MEM    := 256M
