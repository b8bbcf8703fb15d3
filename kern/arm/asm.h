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
#define MODE_BITS    0x1f
#define CPSR_MASKED  0x1c0 /* asynchronous aborts, IRQ, FIQ */

#define MPIDR_MP     0x80000000 /* has the multiprocessing extensions */
#define ACTLR_SMP    0x40       /* A7, A9, A15 */

#define THREAD_PC    60 /* r[15]; cpsr follows: what SRS and RFE move */
#define THREAD_CPU   68
#define CPU_CURRENT  0
#define CPU_RESCHED  4
#define CPU_CALLS    8
#define CPU_LEN      128
#define KERNEL_STACK 0x2000
#define BOARD_CACHES 0
#define KERNEL_L1    0x4000

/* A first-level section for the kernel's image: privileged, executable, normal memory, write-back; and shared. */
#define BOOT_SECTION 0x140e
#define BOOT_SHARED  0x10000

/* How TTBR says that table walks are write-back write-allocate: outer in both formats; inner, and shared, in that of
 * CPUs with the multiprocessing extensions (DDI 0406C B4.1.154).  The older format's C means inner write-through or
 * nothing: A8 and ARM1176 cannot walk through their first-level cache (DDI 0301 3.2.13), so it stays 0. */
#define TTBR_WALK    0x08
#define TTBR_WALK_MP 0x48
#define TTBR_S       0x02

/* SCTLR (DDI 0406C B4.1.130, DDI 0301H 3.2.7).  On: MMU, data cache, branch prediction, instruction cache; and of ARMv6
 * unaligned accesses (U) and ARMv7's descriptors (XP).  Off: alignment faults (A), ARMv6's old protection (S, R) and loads of Thumb
 * bits (L4), high vectors (V), writable is not executable (WXN, UWXN), vectored interrupts (VE), big-endian and Thumb exceptions (EE,
 * TE), remapped attributes (TRE), access flags (AFE). */
#define SCTLR_SET (1 << 0 | 1 << 2 | 1 << 11 | 1 << 12 | 1 << 22 | 1 << 23)
#define SCTLR_CLEAR                                                                                                    \
	(1 << 1 | 1 << 8 | 1 << 9 | 1 << 13 | 1 << 15 | 1 << 19 | 1 << 20 | 1 << 24 | 1 << 25 | 1 << 28 | 1 << 29 |    \
		1 << 30)

/* DFSR and IFSR, short descriptor format (DDI 0406C B3.13.3): the status has five bits in two places. */
#define FSR_0_3            0x00f
#define FSR_4              0x400
#define FSR_ALIGNMENT      0x001
#define FSR_DEBUG          0x002
#define FSR_ASYNC_EXTERNAL 0x406
#define FSR_ASYNC_PARITY   0x408
#define FSR_WRITE          0x800

/* cpsr bits that are a user's: N Z C V Q, IT, J, GE, E, T (DDI 0406C B1.3.3); psr.h has which values */
#define CPSR_USER 0xff0ffe20
#define CPSR_IT   0x0600fc00
#define CPSR_J    0x01000000
#define CPSR_E    0x200
#define CPSR_T    0x20

/* ID_PFR0: ThumbEE is there */
#define ID_PFR0_THUMBEE 0xf000

#endif
