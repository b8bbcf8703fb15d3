# SPDX-License-Identifier: ISC
# What the build and tools/run know of the Versatile Express with a Cortex-A15.
GENERATION   := v7
KERN_DEVICES := gic timer_generic pl011 reset_vexpress
KERN_CPU     := -mcpu=cortex-a15 -mtune=cortex-a9 -mthumb -mfloat-abi=soft -mgeneral-regs-only
KERNEL_VA    := 0x80010000
USER_CPU     := -mthumb -march=armv7-a+simd -mfloat-abi=hard
QEMU         := -M vexpress-a15 -cpu cortex-a15
BOARD_MEM    := 256M
