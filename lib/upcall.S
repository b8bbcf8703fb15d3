/* SPDX-License-Identifier: ISC
 * From a fault to a function of C and back: see upcall.h.  Which registers the VFP has is the generation's (v6.S, v7.S). */
	.syntax unified
#ifdef __thumb__
	.thumb
#endif

#define VFP_SCRATCH_LEN 200		/* the most: 24 registers and the FPSCR, aligned as the stack is */
#define STACK_ALIGNED   7

/* The core's registers are all free: the kernel keeps them.  r4 to r7 survive the calls. */
	.section .text.upcall_run, "ax", %progbits
	.balign 4
	.global upcall_run
	.type upcall_run, %function
upcall_run:
	mov r6, r0
	mov r7, r1
	mov r4, sp
	sub r5, r4, #VFP_SCRATCH_LEN
	bic r5, r5, #STACK_ALIGNED		@ what was interrupted need not keep AAPCS 6.2.1.2
	mov sp, r5
	mov r0, r5
	bl vfp_scratch_save
	mov r0, r6
	blx r7
	mov r0, r5
	bl vfp_scratch_load
	mov sp, r4
	mov r0, r6
	b thread_return
	.size upcall_run, . - upcall_run
