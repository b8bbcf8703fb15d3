/* SPDX-License-Identifier: ISC
 * ARMv7-A (Cortex-A7, A8, A9, A15): start, barriers, caches, TLB, address space switch.  See cpu.h.  DDI 0406C B4.2. */
	.syntax unified
	.arm
	.text

#include "asm.h"

#define CNTHCTL_PL1 3          /* PL1 may use the physical counter and timer */
#define HDCR_HPMN   0x1f       /* how many counters are not Hyp mode's */
#define PART_A9     0xc09      /* MIDR[15:4] */
#define ISR_I       0x80

#define ID_ISAR1_JAZELLE 0xf0000000
#define TEECR_XED        1
#define JOSCR_CD         2
#define ID_DFR0_CP14     0xf        /* below 4 DBGDSCR is not CP14's */
#define DBGDSCR_UDCCDIS  0x1000

/* Of A9's snoop control unit (DDI 0407 2.2), which is the first of its own devices. */
#define SCU_CONTROL      0x00
#define SCU_INVALIDATE   0x0c
#define SCU_ON           1
#define SCU_TAGS_ALL     0xffff     /* four ways of four CPUs */

#define PMCR_START  7          /* enable, and reset the event and the cycle counters */
#define PMCNTEN_C   0x80000000 /* the cycle counter */

#define FN(name) .global name ; .type name, %function ; name

	.arch_extension virt

/* Z: there are no multiprocessing extensions. */
	.macro mp_test reg
	mrc	p15, 0, \reg, c0, c0, 5	@ MPIDR
	tst	\reg, #MPIDR_MP
	.endm

	.macro coherency_join
	mrc	p15, 0, r0, c1, c0, 1		@ ACTLR
	orr	r0, r0, #ACTLR_SMP
	mcr	p15, 0, r0, c1, c0, 1
	isb
	.endm

/* The caches work with ACTLR.SMP alone (A9: DDI 0388 4.3.10; A7: DDI 0464, A15: DDI 0438, ACTLR); of A7 and A15 it is set before any
 * maintenance.  Where a monitor keeps it, the write is ignored and it was set.  A8's bit 6 is another; it has no
 * multiprocessing extensions.
 * The first-level data cache holds nothing valid after reset but on some cores garbage (DDI 0388 2.4), and nothing dirty after
 * a loader that follows the boot protocol: it is invalidated set by set (DDI 0406C B2.2.7, CCSIDR B4.1.19).
 * A9's comes in another order (DDI 0407 5.3, bring-up of the first CPU): its data cache invalid, then the SCU's copies of
 * the tags, then the SCU on, and only then coherency, the MMU and the caches.  If a loader has the SCU on, its tags are right.
 * With the virtualization extensions a loader may come in Hyp mode: what it traps is let go (DDI 0406C B1.8.4, B4.1),
 * and the exception return ends in the caller, in supervisor mode, interrupts masked. */
FN(cpu_start):
	mrc	p15, 0, r6, c0, c0, 0		@ MIDR
	ubfx	r6, r6, #4, #12
	movw	r0, #PART_A9
	sub	r6, r6, r0			@ 0: A9
	mp_test	r0
	cmpne	r6, #0
	beq	1f
	coherency_join
1:	mov	r0, #0
	mcr	p15, 2, r0, c0, c0, 0		@ CSSELR: first level, data
	isb
	mrc	p15, 1, r0, c0, c0, 0		@ CCSIDR
	ubfx	r1, r0, #3, #10			@ ways - 1
	ubfx	r2, r0, #13, #15		@ sets - 1
	and	r0, r0, #7
	add	r0, r0, #4			@ log2 of a line's bytes
	clz	r3, r1				@ where a way's number stands
1:	mov	r4, r2
2:	lsl	r5, r1, r3
	orr	r5, r5, r4, lsl r0
	mcr	p15, 0, r5, c7, c6, 2		@ DCISW
	subs	r4, r4, #1
	bge	2b
	subs	r1, r1, #1
	bge	1b
	dsb

	cmp	r6, #0
	bne	2f
	mrc	p15, 4, r0, c15, c0, 0		@ CBAR: DDI 0388 4.3.24
	ldr	r1, [r0, #SCU_CONTROL]
	tst	r1, #SCU_ON
	bne	1f
	movw	r2, #SCU_TAGS_ALL
	str	r2, [r0, #SCU_INVALIDATE]
	dsb
	orr	r1, r1, #SCU_ON
	str	r1, [r0, #SCU_CONTROL]
	dsb
1:	coherency_join

2:	mrs	r0, cpsr
	and	r0, r0, #MODE_BITS
	cmp	r0, #MODE_HYP
	bxne	lr
	mov	r0, #0
	mcr	p15, 4, r0, c1, c1, 0		@ HCR: nothing is trapped or translated
	mcr	p15, 4, r0, c1, c1, 2		@ HCPTR: VFP neither
	mcr	p15, 4, r0, c1, c1, 3		@ HSTR: nor CP15
	mcrr	p15, 4, r0, r0, c14		@ CNTVOFF: virtual time is physical time
	mov	r0, #CNTHCTL_PL1
	mcr	p15, 4, r0, c14, c1, 0		@ CNTHCTL: the timers are ours
	mrc	p15, 4, r0, c1, c1, 1
	and	r0, r0, #HDCR_HPMN
	mcr	p15, 4, r0, c1, c1, 1		@ HDCR: debug and the counters, too
	mrc	p15, 0, r0, c0, c0, 0
	mcr	p15, 4, r0, c0, c0, 0		@ VPIDR := MIDR
	mrc	p15, 0, r0, c0, c0, 5
	mcr	p15, 4, r0, c0, c0, 5		@ VMPIDR := MPIDR
	mov	r0, #CPSR_MASKED | MODE_SVC
	msr	spsr_cxsf, r0
	msr	elr_hyp, lr
	eret

/* Without the multiprocessing extensions, memory is not shared: A8 does not cache what is (DDI 0344 6.2). */
FN(cpu_walk_bits):
	mp_test	r0
	moveq	r0, #TTBR_WALK
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

FN(start_sync_data):
	dsb
	bx	lr

FN(start_sync_insn):
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
	mp_test	r1
	mcreq	p15, 0, r0, c7, c5, 0		@ ICIALLU: user code runs at other addresses
	mcreq	p15, 0, r0, c7, c5, 6		@ BPIALL
	mcrne	p15, 0, r0, c7, c1, 0		@ ICIALLUIS
	mcrne	p15, 0, r0, c7, c1, 6		@ BPIALLIS
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
	mp_test	r1
	mcrne	p15, 0, r0, c8, c3, \op
	mcreq	p15, 0, r0, c8, c7, \op
	bx	lr
	.endm

FN(tlb_invalidate_asid):
	tlb_op	2				@ TLBIASIDIS, TLBIASID

FN(tlb_invalidate_all):
	tlb_op	0				@ TLBIALLIS, TLBIALL

/* 1 on A15 (DDI 0438 4.3, ID_MMFR3) and A7 (DDI 0464, the same): an update of a table need not be cleaned. */
FN(walk_coherent):
	mrc	p15, 0, r0, c0, c1, 7		@ ID_MMFR3
	ubfx	r0, r0, #20, #4
	bx	lr

FN(irq_line_pending):
	mrc	p15, 0, r0, c12, c1, 0		@ ISR
	and	r0, r0, #ISR_I
	bx	lr

FN(cpu_wait):
	dsb
	wfi
	bx	lr

/* The cycle counter is the user's; ThumbEE's handler base (DDI 0406C, TEECR.XED), Jazelle's registers (JOSCR.CD) and the debugger's
 * channel (DBGDSCR.UDCCdis: C11.11.20), which no switch saves, are nobody's.  A8 has DBGDSCR in memory alone. */
FN(user_registers_init):
	mrc	p15, 0, r0, c0, c1, 0		@ ID_PFR0
	tst	r0, #ID_PFR0_THUMBEE
	movne	r0, #TEECR_XED
	mcrne	p14, 6, r0, c0, c0, 0		@ TEECR
	mrc	p15, 0, r0, c0, c2, 1		@ ID_ISAR1
	tst	r0, #ID_ISAR1_JAZELLE
	movne	r0, #JOSCR_CD
	mcrne	p14, 7, r0, c1, c0, 0		@ JOSCR
	mrc	p15, 0, r0, c0, c1, 2		@ ID_DFR0
	and	r0, r0, #ID_DFR0_CP14
	cmp	r0, #4
	blo	debug_access_end
	.global	debug_access, debug_access_end
debug_access:
	mrc	p14, 0, r0, c0, c2, 2		@ DBGDSCRext
	orr	r0, r0, #DBGDSCR_UDCCDIS
	mcr	p14, 0, r0, c0, c2, 2
debug_access_end:
	mov	r0, #1
	mcr	p15, 0, r0, c9, c14, 0		@ PMUSERENR.EN
	mov	r0, #PMCNTEN_C
	mcr	p15, 0, r0, c9, c12, 1		@ PMCNTENSET
	mov	r0, #PMCR_START
	mcr	p15, 0, r0, c9, c12, 0
	bx	lr

	.ltorg

	.fpu	neon
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
