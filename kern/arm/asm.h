/* SPDX-License-Identifier: ISC
 * Offsets and bits that assembly needs; machine.c asserts that they are what C means. */
#ifndef KERN_ARM_ASM_H
#define KERN_ARM_ASM_H

#define MODE_USR     0x10
#define MODE_IRQ     0x12
#define MODE_SVC     0x13
#define MODE_ABT     0x17
#define MODE_HYP     0x1a
#define MODE_UND     0x1b

#define THREAD_PC    60 /* r[15]; cpsr follows: what SRS and RFE move */
#define THREAD_CPU   68
#define CPU_CURRENT  0
#define CPU_RESCHED  4
#define CPU_CALLS    8
#define CPU_LEN      96
#define KERNEL_STACK 0x2000

/* A first-level section for the kernel's image: privileged, executable, normal memory, write-back; and shared. */
#define BOOT_SECTION 0x140e
#define BOOT_SHARED  0x10000

/* How TTBR says that table walks are write-back write-allocate: outer in both formats; inner, and shared, in that of
 * CPUs with the multiprocessing extensions (DDI 0406C B4.1.154).  The older format's C means inner write-through or
 * nothing: A8 and ARM1176 cannot walk through their first-level cache (DDI 0301 3.2.13), so it stays 0. */
#define TTBR_WALK    0x08
#define TTBR_WALK_MP 0x48
#define TTBR_S       0x02

/* SCTLR (DDI 0406C B4.1.130): on: M, C, Z, I, U, XP.  Off: A, V, TRE, AFE, EE, big pages of access flags. */
#define SCTLR_SET   0x00c01805
#define SCTLR_CLEAR 0x72002002

/* cpsr bits that a user may set: N Z C V Q, IT, GE, T */
#define CPSR_USER 0xfe0ffc20
#define CPSR_IT   0x0600fc00
#define CPSR_T    0x20

#endif
