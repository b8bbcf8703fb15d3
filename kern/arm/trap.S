/* SPDX-License-Identifier: ISC
 * The ways into the kernel and the one way back.  While a thread runs, SP_svc points at its r[15]: SRS saves where it
 * was and its cpsr there, STM its other registers below.  Interrupts stay masked in the kernel, so traps come from user
 * mode only, but for data aborts of the two loops at the end that touch user memory. */
	.syntax unified
	.arm

#include "asm.h"
#include "call_limit.h"

	.text
	.balign	32
	.global	vectors
vectors:
	b	vec_none
	b	vec_undefined
	b	vec_call
	b	vec_prefetch
	b	vec_data
	b	vec_none
	b	vec_irq
	b	vec_none

/* From user mode in any exception mode: registers to the thread, then the CPU's stack. */
	.macro	enter
	srsia	sp, #MODE_SVC
	cps	#MODE_SVC
	stmdb	sp, {r0-lr}^
	ldr	sp, [sp, #THREAD_CPU - THREAD_PC]
	.endm

/* As regs.h's function of that name: what was interrupted fails and begins anew.  Below the stack nothing lives. */
	.macro	exclusive_clear status, at
	sub	\at, sp, #4
	strex	\status, \at, [\at]
	.endm

vec_call:
	srsia	sp, #MODE_SVC
	stmdb	sp, {r0-lr}^
	ldr	sp, [sp, #THREAD_CPU - THREAD_PC]
	cmp	r12, #CALL_LIMIT
	bhs	call_unknown
	ldr	r9, [sp, #CPU_CALLS]
	ldr	r9, [r9, r12, lsl #2]
	push	{r4, r5}
	blx	r9
	ldr	r1, [sp, #8 + CPU_RESCHED]
	cmp	r1, #0
	bne	call_slow
	ldr	sp, [sp, #8 + CPU_CURRENT]
	str	r0, [sp], #THREAD_PC
	ldmdb	sp, {r0-lr}^
	rfeia	sp

call_unknown:
	mvn	r0, #0			@ ERR_CALL
	ldr	sp, [sp, #CPU_CURRENT]
	str	r0, [sp], #THREAD_PC
	ldmdb	sp, {r0-lr}^
	rfeia	sp

/* Somebody else may have to run.  CALL_AGAIN is no result; and without a current thread there is none to take it. */
call_slow:
	add	sp, sp, #8
	ldr	r1, [sp, #CPU_CURRENT]
	cmp	r1, #0
	cmpne	r0, #0x80000000
	strne	r0, [r1]
	.global	trap_leave
	.type	trap_leave, %function
trap_leave:
	bl	sched_leave
leave_as:
	exclusive_clear r1, r2
	add	sp, r0, #THREAD_PC
	ldmdb	sp, {r0-lr}^
	rfeia	sp

vec_irq:
	sub	lr, lr, #4
	enter
	bl	irq_enter
	b	leave_as

/* A fault has been sent or handed to its thread. */
fault_leave:
	ldr	r1, [sp, #CPU_RESCHED]
	cmp	r1, #0
	bne	trap_leave
	exclusive_clear r1, r2
	ldr	sp, [sp, #CPU_CURRENT]
	add	sp, sp, #THREAD_PC
	ldmdb	sp, {r0-lr}^
	rfeia	sp

vec_data:
	sub	lr, lr, #8
	str	r0, [sp]
	mrs	r0, spsr
	tst	r0, #0xf
	bne	data_kernel
	ldr	r0, [sp]
	enter
	bl	trap_data
	b	fault_leave

/* An asynchronous external abort may come from what user code wrote to a device just before its call: the write is lost,
 * and the kernel goes on.  The same of a parity error is a panic. */
data_kernel:
	mrc	p15, 0, r0, c5, c0, 0	@ DFSR
	tst	r0, #FSR_4
	beq	1f
	and	r0, r0, #FSR_0_3
	cmp	r0, #FSR_ASYNC_EXTERNAL & FSR_0_3
	bne	2f
	ldr	r0, [sp]
	movs	pc, lr
1:	ldr	r0, =user_access_start
	cmp	lr, r0
	blo	2f
	ldr	r0, =user_access_end
	cmp	lr, r0
	bhs	2f
	ldr	r0, [sp]
	ldr	lr, =user_access_failed
	movs	pc, lr
2:	b	panic_trap

vec_prefetch:
	sub	lr, lr, #4
	str	r0, [sp]
	mrs	r0, spsr
	tst	r0, #0xf
	bne	2b
	ldr	r0, [sp]
	enter
	bl	trap_prefetch
	b	fault_leave

vec_undefined:
	str	r0, [sp]
	mrs	r0, spsr
	tst	r0, #0xf
	subne	lr, lr, #4
	bne	undefined_kernel
	tst	r0, #CPSR_T		@ back to the instruction itself
	subne	lr, lr, #2
	subeq	lr, lr, #4
	ldr	r0, [sp]
	enter
	bl	trap_undefined
	b	fault_leave

/* Debug registers can be out of reach: powered down, locked, or not there at all (DDI 0406C C6.4, C7.2).  What wanted them is left
 * out. */
undefined_kernel:
	ldr	r0, =debug_access
	cmp	lr, r0
	blo	2b
	ldr	r0, =debug_access_end
	cmp	lr, r0
	bhs	2b
	mov	lr, r0
	ldr	r0, [sp]
	movs	pc, lr

vec_none:
	ldr	sp, =scratch_und
	str	r0, [sp]
	b	panic_trap

/* int user_copy_in(void *to, va_t from, uint32_t len), int user_copy_out(va_t to, const void *from, uint32_t len):
 * len a multiple of 4, not 0.  0, or -1. */
	.global	user_copy_in, user_copy_out
	.type	user_copy_in, %function
	.type	user_copy_out, %function
user_access_start:
user_copy_in:
	push	{r4-r10}
1:	subs	r2, r2, #32
	blo	2f
	ldrt	r3, [r1], #4
	ldrt	r4, [r1], #4
	ldrt	r5, [r1], #4
	ldrt	r6, [r1], #4
	ldrt	r7, [r1], #4
	ldrt	r8, [r1], #4
	ldrt	r9, [r1], #4
	ldrt	r10, [r1], #4
	stmia	r0!, {r3-r10}
	b	1b
2:	adds	r2, r2, #32
	beq	4f
3:	ldrt	r3, [r1], #4
	str	r3, [r0], #4
	subs	r2, r2, #4
	bhi	3b
4:	mov	r0, #0
	pop	{r4-r10}
	bx	lr
user_copy_out:
	push	{r4-r10}
1:	subs	r2, r2, #32
	blo	2f
	ldmia	r1!, {r3-r10}
	strt	r3, [r0], #4
	strt	r4, [r0], #4
	strt	r5, [r0], #4
	strt	r6, [r0], #4
	strt	r7, [r0], #4
	strt	r8, [r0], #4
	strt	r9, [r0], #4
	strt	r10, [r0], #4
	b	1b
2:	adds	r2, r2, #32
	beq	4f
3:	ldr	r3, [r1], #4
	strt	r3, [r0], #4
	subs	r2, r2, #4
	bhi	3b
4:	mov	r0, #0
	pop	{r4-r10}
	bx	lr
user_access_end:
user_access_failed:
	mvn	r0, #0
	pop	{r4-r10}
	bx	lr
	.ltorg
