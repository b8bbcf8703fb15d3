/* SPDX-License-Identifier: ISC
 * From the loader to C.  Entered as the raw image is by a Linux boot protocol: MMU and data cache off and clean, r2 = ATAGs or a device tree,
 * anywhere in RAM at the offset that KERNEL_VA says; in supervisor or hypervisor mode.  Builds the first map (the image, where it
 * stands and where it is linked), turns the MMU on and goes to machine_boot on the boot CPU's stack. */
	.syntax unified
	.arm

#include "asm.h"

	.section .start, "ax"
	.global _start
_start:
	b	1f
	.align	3
	.global image_header
image_header:				@ struct image, see image.h
	.word	0x4d496d67, 0, 0, 0, 0
1:	mov	r8, r2
	bl	cpu_start		@ leaves the hypervisor's mode
	cpsid	if, #MODE_SVC
	ldr	r0, =ram_alias		@ go on where all of RAM is seen: see kernel.ld
	cmp	r8, #0
	cmpne	r0, r8
	addhi	r8, r8, r0
	adr	r9, _start
	cmp	r9, r0
	addlo	pc, pc, r0		@ pc reads as the address after the nop
	nop
	adr	r9, _start		@ where it stands
	ldr	r10, =_start		@ where it is linked
	sub	r10, r10, r9

	bl	cpu_walk_bits
	mov	r7, r0

	ldr	r0, =board + BOARD_CACHES	@ what else keeps lines, if the board has it
	sub	r0, r0, r10
	ldr	r1, [r0]
	cmp	r1, #0
	subne	r1, r1, r10
	ldrne	sp, =boot_cpu
	subne	sp, sp, r10
	blxne	r1

	/* the boot table is in the image, and clear */
	ldr	r4, =kernel_l1
	sub	r4, r4, r10
	mov	r0, r4				@ it is written past the caches and walked through them: no line of it stays there, of
	mov	r1, #KERNEL_L1		@ the second level's neither, which a loader leaves clean but valid (DDI 0406C B2.2.7)
	bl	cache_flush
	ldr	r5, =BOOT_SECTION
	tst	r7, #TTBR_S
	orrne	r5, r5, #BOOT_SHARED
	ldr	r0, =_start
	ldr	r1, =_end
	lsr	r0, r0, #20		@ first section as linked
	sub	r1, r1, #1
	lsr	r1, r1, #20		@ last
	lsr	r3, r9, #20		@ first as it stands
2:	orr	r6, r5, r3, lsl #20
	str	r6, [r4, r0, lsl #2]	@ as linked
	str	r6, [r4, r3, lsl #2]	@ as it stands
	add	r3, r3, #1
	add	r0, r0, #1
	cmp	r0, r1
	bls	2b

	mov	r0, #0
	mcr	p15, 0, r0, c8, c7, 0	@ TLBIALL
	bl	icache_invalidate
	mov	r0, #1
	mcr	p15, 0, r0, c3, c0, 0	@ DACR: domain 0 is checked
	mcr	p15, 0, r0, c2, c0, 2	@ TTBCR.N = 1: user space is the lower half
	orr	r4, r4, r7
	mcr	p15, 0, r4, c2, c0, 0	@ TTBR0, until the first user table
	mcr	p15, 0, r4, c2, c0, 1	@ TTBR1
	mov	r0, #0
	mcr	p15, 0, r0, c13, c0, 1	@ CONTEXTIDR
	ldr	r1, =vectors
	mcr	p15, 0, r1, c12, c0, 0	@ VBAR
	bl	start_sync_data
	bl	start_sync_insn
	mrc	p15, 0, r0, c1, c0, 0	@ SCTLR
	ldr	r1, =SCTLR_CLEAR
	bic	r0, r0, r1
	ldr	r1, =SCTLR_SET
	orr	r0, r0, r1
	mcr	p15, 0, r0, c1, c0, 0
	bl	start_sync_insn
	ldr	pc, =1f			@ up to where it is linked

1:
	cps	#MODE_ABT
	ldr	sp, =scratch_abt
	cps	#MODE_UND
	ldr	sp, =scratch_und
	cps	#MODE_SVC
	ldr	sp, =boot_cpu		@ struct cpu stands on top of its stack
	mcr	p15, 0, sp, c13, c0, 4	@ TPIDRPRW
	mrc	p15, 0, r0, c1, c0, 2	@ CPACR: VFP for all, when FPEXC lets it
	orr	r0, r0, #0xf << 20
	mcr	p15, 0, r0, c1, c0, 2
	bl	start_sync_insn
	bl	start_sync_data
	cpsie	a				@ an abort that the loader caused and that is still to come: taken, and dropped by trap.S
	bl	start_sync_insn
	cpsid	a
	mov	r0, r8
	mov	r1, r10
	mov	r2, r7
	mov	fp, #0
	bl	machine_boot
	b	trap_leave
	.ltorg

	.bss
	.balign	KERNEL_L1
	.global kernel_l1, empty_l1
kernel_l1:
	.space	KERNEL_L1
empty_l1:
	.space	0x2000
	.space	KERNEL_STACK
	.global	boot_cpu
boot_cpu:
	.space	CPU_LEN
scratch_abt:
	.space	8
	.global	scratch_und
scratch_und:
	.space	8
