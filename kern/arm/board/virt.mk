# SPDX-License-Identifier: ISC
# What the build and tools/run know of QEMU's virt machine; it starts the kernel in Hyp mode, MACHINE=virt-svc does not.
GENERATION   := v7
KERN_DEVICES := gic timer_generic pl011 fdt reset_psci
KERN_CPU     := -mcpu=cortex-a15 -mtune=cortex-a9 -mthumb -mfloat-abi=soft -mgeneral-regs-only
KERNEL_VA    := 0x80010000
USER_CPU     := -mthumb -march=armv7-a+simd -mfloat-abi=hard
QEMU         := -M virt,highmem=off,virtualization=on -cpu cortex-a15
QEMU_virt-svc := -M virt,highmem=off -cpu cortex-a15
BOARD_MEM    := 256M
