/* SPDX-License-Identifier: ISC
 * Offsets and bits that assembly needs; machine.c asserts that they are what C means. */
#ifndef KERN_ARM_ASM_H
#define KERN_ARM_ASM_H

#define MODE_USR     0x10
#define MODE_IRQ     0x12
#define MODE_SVC     0x13
#define MODE_ABT     0x17
#define MODE_UND     0x1b

#define THREAD_PC    60 /* r[15]; cpsr follows: what SRS and RFE move */
#define THREAD_CPU   68
#define CPU_CURRENT  0
#define CPU_RESCHED  4
#define CPU_CALLS    8
#define CPU_LEN      96
#define KERNEL_STACK 0x2000

/* A first-level section for the kernel's image: privileged, executable, normal memory, write-back, shared. */
#define BOOT_SECTION 0x1140e

/* TTBR: table walks write-back write-allocate, shared (DDI 0406C B4.1.154, with the multiprocessing extensions). */
#define TTBR_BITS 0x4a

/* SCTLR (DDI 0406C B4.1.130): on: M, C, Z, I, U, XP.  Off: A, V, TRE, AFE, EE, big pages of access flags. */
#define SCTLR_SET   0x00c01805
#define SCTLR_CLEAR 0x72002002

/* cpsr bits that a user may set: N Z C V Q, IT, GE, T */
#define CPSR_USER 0xfe0ffc20
#define CPSR_IT   0x0600fc00
#define CPSR_T    0x20

#endif
