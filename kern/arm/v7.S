/* SPDX-License-Identifier: ISC
 * ARMv7-A (Cortex-A7, A8, A9, A15): start, barriers, caches, TLB, address space switch.  See cpu.h.  DDI 0406C B4.2. */
	.syntax unified
	.arm
	.text

#include "asm.h"

#define FN(name) .global name ; .type name, %function ; name

	.arch_extension virt

/* With the virtualization extensions a loader may come in Hyp mode: what it traps is let go (DDI 0406C B1.8.4, B4.1),
 * and the exception return ends in the caller, in supervisor mode, interrupts masked. */
FN(cpu_start):
	mrs	r0, cpsr
	and	r0, r0, #0x1f
	cmp	r0, #MODE_HYP
	bne	1f
	mov	r0, #0
	mcr	p15, 4, r0, c1, c1, 0		@ HCR: nothing is trapped or translated
	mcr	p15, 4, r0, c1, c1, 2		@ HCPTR: VFP neither
	mcr	p15, 4, r0, c1, c1, 3		@ HSTR: nor CP15
	mcrr	p15, 4, r0, r0, c14		@ CNTVOFF: virtual time is physical time
	mov	r0, #3
	mcr	p15, 4, r0, c14, c1, 0		@ CNTHCTL: the timers are ours
	mrc	p15, 0, r0, c0, c0, 0
	mcr	p15, 4, r0, c0, c0, 0		@ VPIDR := MIDR
	mrc	p15, 0, r0, c0, c0, 5
	mcr	p15, 4, r0, c0, c0, 5		@ VMPIDR := MPIDR
	mov	r0, #0x1c0 | MODE_SVC
	msr	spsr_cxsf, r0
	msr	elr_hyp, lr
	eret
/* A9 r2p0 4.3.10, A7 and A15 4.3.29: the caches work with ACTLR.SMP alone.  Where a monitor keeps it, the write is
 * ignored and it was set.  A8's bit 6 is another; it has no multiprocessing extensions. */
1:	mrc	p15, 0, r0, c0, c0, 5		@ MPIDR
	tst	r0, #0x80000000
	mrcne	p15, 0, r0, c1, c0, 1		@ ACTLR
	orrne	r0, r0, #0x40
	mcrne	p15, 0, r0, c1, c0, 1
	bx	lr

FN(cpu_walk_bits):
	mrc	p15, 0, r0, c0, c0, 5		@ MPIDR[31]: the multiprocessing extensions' formats
	tst	r0, #0x80000000
	moveq	r0, #TTBR_WALK | TTBR_S
	movne	r0, #TTBR_WALK_MP | TTBR_S
	bx	lr

/* Where other CPUs wait, MMU off: at a physical address. */
FN(cpu_park):
1:	dsb
	wfi
	b	1b

FN(cpu_event):
	dsb
	sev
	bx	lr

FN(cpu_sync_data):
	dsb
	bx	lr

FN(cpu_sync_insn):
	isb
	bx	lr

/* r2 := the smallest data cache line in bytes (CTR.DminLine), r1 := end, r0 := start of its line */
	.macro lines
	mrc	p15, 0, r3, c0, c0, 1
	ubfx	r3, r3, #16, #4
	mov	r2, #4
	lsl	r2, r2, r3
	add	r1, r0, r1
	sub	r3, r2, #1
	bic	r0, r0, r3
	.endm

FN(cache_clean):
	lines
1:	mcr	p15, 0, r0, c7, c10, 1		@ DCCMVAC
	add	r0, r0, r2
	cmp	r0, r1
	blo	1b
	dsb
	bx	lr

FN(cache_flush):
	lines
1:	mcr	p15, 0, r0, c7, c14, 1		@ DCCIMVAC
	add	r0, r0, r2
	cmp	r0, r1
	blo	1b
	dsb
	bx	lr

FN(icache_invalidate):
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		@ ICIALLU: user code runs at other addresses
	mcr	p15, 0, r0, c7, c5, 6		@ BPIALL
	dsb
	isb
	bx	lr

FN(cache_unify):
	lines
1:	mcr	p15, 0, r0, c7, c11, 1		@ DCCMVAU
	add	r0, r0, r2
	cmp	r0, r1
	blo	1b
	dsb
	b	icache_invalidate

/* With the multiprocessing extensions (MPIDR[31]) on every CPU of the inner shareable domain: DDI 0406C B4.2.2. */
	.macro tlb_op op
	mrc	p15, 0, r1, c0, c0, 5
	tst	r1, #0x80000000
	beq	1f
	mcr	p15, 0, r0, c8, c3, \op
	bx	lr
1:	mcr	p15, 0, r0, c8, c7, \op
	bx	lr
	.endm

FN(tlb_invalidate_page):
	tlb_op	1				@ TLBIMVAIS, TLBIMVA

FN(tlb_invalidate_asid):
	tlb_op	2				@ TLBIASIDIS, TLBIASID

FN(tlb_invalidate_all):
	tlb_op	0				@ TLBIALLIS, TLBIALL

FN(branch_invalidate):
	mcr	p15, 0, r0, c7, c5, 6		@ BPIALL
	bx	lr

FN(walk_coherent):
	mrc	p15, 0, r0, c0, c1, 7		@ ID_MMFR3
	ubfx	r0, r0, #20, #4
	bx	lr

/* Through the empty table, which holds nothing that a walk could tag: DDI 0406C B3.10.4. */
FN(ttbr0_set):
	ldr	r2, =empty_ttbr
	ldr	r2, [r2]
	mcr	p15, 0, r2, c2, c0, 0
	isb
	mcr	p15, 0, r1, c13, c0, 1		@ CONTEXTIDR
	isb
	mcr	p15, 0, r0, c2, c0, 0
	isb
	bx	lr

FN(irq_line_pending):
	mrc	p15, 0, r0, c12, c1, 0		@ ISR
	and	r0, r0, #0x80
	bx	lr

FN(cpu_wait):
	dsb
	wfi
	bx	lr

FN(counters_init):
	mov	r0, #1
	mcr	p15, 0, r0, c9, c14, 0		@ PMUSERENR.EN
	mov	r0, #0x80000000
	mcr	p15, 0, r0, c9, c12, 1		@ PMCNTENSET.C
	mov	r0, #7
	mcr	p15, 0, r0, c9, c12, 0		@ PMCR: enable, reset both
	bx	lr

	.ltorg

	.fpu	neon
FN(vfp_switch):
	lsl	r0, r0, #30			@ FPEXC.EN
	vmsr	fpexc, r0
	bx	lr

FN(vfp_store):
	vstmia	r0!, {d0-d15}
	vstmia	r0!, {d16-d31}
	vmrs	r1, fpscr
	str	r1, [r0]
	bx	lr

FN(vfp_load):
	vldmia	r0!, {d0-d15}
	vldmia	r0!, {d16-d31}
	ldr	r1, [r0]
	vmsr	fpscr, r1
	bx	lr
