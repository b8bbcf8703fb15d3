# SPDX-License-Identifier: ISC
# What the build and tools/run know of the Versatile Express with Cortex-A9.
GENERATION   := v7
KERN_DEVICES := gic l2c310 timer_a9 pl011 reset_vexpress
KERN_CPU     := -mcpu=cortex-a9 -mthumb -mfloat-abi=soft -mgeneral-regs-only
KERNEL_VA    := 0x80010000
USER_CPU     := -mthumb -march=armv7-a+simd -mfloat-abi=hard
QEMU         := -M vexpress-a9 -cpu cortex-a9
BOARD_MEM    := 256M
