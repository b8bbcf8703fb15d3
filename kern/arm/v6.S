/* SPDX-License-Identifier: ISC
 * ARMv6 (ARM1176JZF-S, DDI 0301H): start, barriers, caches, TLB, address space switch, VFP11.  See cpu.h.  What ARMv7 has
 * instructions for are CP15 operations here (3.2.22).  Cache lines are 32 bytes.  Caches are indexed by virtual address,
 * but a way of the Pi's is one page, so that a physical line has one place and mappings of it no colour. */
	.syntax unified
	.arm
	.text

#include "asm.h"

#define LINE     32
#define JOSCR_CD 2
#define DSCR_USER_OFF 0x1000
#define FN(name) .global name ; .type name, %function ; name

/* There is no Hyp mode.  What the data cache holds now was never written (see the boot protocol in start.S): it goes. */
FN(cpu_start):
	mov	r0, #0
	mcr	p15, 0, r0, c7, c6, 0		@ invalidate the data cache
	mcr	p15, 0, r0, c7, c10, 4
	bx	lr

/* The walk does not look into the data cache (3.2.13: TTBR0.C), and memory is not shared: shared memory is not cached (6.7.1). */
FN(cpu_walk_bits):
	mov	r0, #TTBR_WALK
	bx	lr

FN(start_sync_data):
	mov	r3, #0
	mcr	p15, 0, r3, c7, c10, 4		@ data synchronization barrier
	bx	lr

FN(start_sync_insn):
	mov	r3, #0
	mcr	p15, 0, r3, c7, c5, 4		@ flush the prefetch buffer
	bx	lr

/* r1 := end, r0 := start of its line */
	.macro lines
	add	r1, r0, r1
	bic	r0, r0, #LINE - 1
	.endm

FN(cache_clean):
	lines
1:	mcr	p15, 0, r0, c7, c10, 1		@ clean a data line by MVA
	add	r0, r0, #LINE
	cmp	r0, r1
	blo	1b
	b	start_sync_data

FN(cache_flush):
	lines
1:	mcr	p15, 0, r0, c7, c14, 1		@ clean and invalidate a data line by MVA
	add	r0, r0, #LINE
	cmp	r0, r1
	blo	1b
	b	start_sync_data

FN(cache_unify):
	lines
1:	mcr	p15, 0, r0, c7, c10, 1
	add	r0, r0, #LINE
	cmp	r0, r1
	blo	1b
	mov	r3, #0
	mcr	p15, 0, r3, c7, c10, 4
	b	icache_invalidate

/* Erratum 411920: invalidating the whole instruction cache can fail; four times in a row, with interrupts masked, and
 * eleven instructions after it, it does not. */
FN(icache_invalidate):
	mov	r3, #0
	.rept	4
	mcr	p15, 0, r3, c7, c5, 0
	.endr
	.rept	11
	nop
	.endr
	mcr	p15, 0, r3, c7, c5, 6		@ flush the branch target cache
	mcr	p15, 0, r3, c7, c10, 4
	mcr	p15, 0, r3, c7, c5, 4
	bx	lr

FN(tlb_invalidate_asid):
	mcr	p15, 0, r0, c8, c7, 2
	bx	lr

FN(tlb_invalidate_all):
	mov	r3, #0
	mcr	p15, 0, r3, c8, c7, 0
	bx	lr

/* ID_MMFR3 says nothing of it yet: see cpu_walk_bits. */
FN(walk_coherent):
	mov	r0, #0
	bx	lr

FN(cpu_wait):
	mov	r3, #0
	mcr	p15, 0, r3, c7, c10, 4
	mcr	p15, 0, r3, c7, c0, 4		@ wait for interrupt
	bx	lr

/* Users can read the cycle counter (3.2.52) only where system validation is switched on (3.2.50): they are not let.  Nor may they
 * configure Jazelle, whose registers no switch saves (JOSCR.CD), or reach the debugger's channel (DSCR[12]: 13.3.3). */
FN(user_registers_init):
	mov	r0, #JOSCR_CD
	mcr	p14, 7, r0, c1, c0, 0
	.global	debug_access, debug_access_end
debug_access:
	mrc	p14, 0, r0, c0, c1, 0		@ DSCR
	orr	r0, r0, #DSCR_USER_OFF
	mcr	p14, 0, r0, c0, c1, 0
debug_access_end:
	bx	lr

	.ltorg

/* VFP11 has sixteen registers, and hands what it cannot do to support code (21.1).  In RunFast mode, with default NaNs,
 * flush to zero and no traps, nothing is handed on: a thread's FPSCR gets these two whenever it is loaded (18.5.4).  A
 * thread that leaves RunFast mode meets the exception as an undefined instruction; writing FPEXC clears its state. */
#define FPSCR_RUNFAST 0x03000000
#define FPSCR_TRAPS   0x00009f00
#define VFP_UPPER     128 /* bytes of struct vfp that it has no registers for */

	.fpu vfpv2
FN(vfp_store):
	vstmia	r0!, {d0-d15}
	vmrs	r1, fpscr
	str	r1, [r0, #VFP_UPPER]
	bx	lr

FN(vfp_load):
	vldmia	r0!, {d0-d15}
	ldr	r1, [r0, #VFP_UPPER]
	bic	r1, r1, #FPSCR_TRAPS
	orr	r1, r1, #FPSCR_RUNFAST
	vmsr	fpscr, r1
	bx	lr
