/* SPDX-License-Identifier: ISC
 * The user's side of every call, made from sys/call.def: puts the arguments where the kernel looks for them
 * (sys/call.h says where), and a message from its struct into registers and back.  Never looks at what it passes. */
	.syntax unified
#ifdef __thumb__
	.thumb
#endif

	.cfi_sections .debug_frame /* a debugger finds the caller of whoever waits */

#define MSG_CALL 40 /* struct msg: where `call` is */

	.macro ENTER name
	.section .text.\name, "ax", %progbits
	.balign 4
	.global \name
	.type \name, %function
\name:
	.cfi_startproc
	.endm

	.macro LEAVE name
	.cfi_endproc
	.size \name, . - \name
	.endm

	.macro STUB_0 name, number
	ENTER \name
	mov r12, #\number
	svc #0
	bx lr
	LEAVE \name
	.endm

	/* One to four argument words are where they must be already. */
	.macro STUB_1 name, number
	STUB_0 \name, \number
	.endm
	.macro STUB_2 name, number
	STUB_0 \name, \number
	.endm
	.macro STUB_3 name, number
	STUB_0 \name, \number
	.endm
	.macro STUB_4 name, number
	STUB_0 \name, \number
	.endm

	.macro STUB_5 name, number
	ENTER \name
	push {r4}
	.cfi_adjust_cfa_offset 4
	.cfi_rel_offset r4, 0
	ldr r4, [sp, #4]
	mov r12, #\number
	svc #0
	pop {r4}
	.cfi_adjust_cfa_offset -4
	.cfi_restore r4
	bx lr
	LEAVE \name
	.endm

	.macro STUB_6 name, number
	ENTER \name
	push {r4, r5}
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r4, 0
	.cfi_rel_offset r5, 4
	ldrd r4, r5, [sp, #8]
	mov r12, #\number
	svc #0
	pop {r4, r5}
	.cfi_adjust_cfa_offset -8
	.cfi_restore r4
	.cfi_restore r5
	bx lr
	LEAVE \name
	.endm

	/* A message came in registers: tag, frame and words r1-r8, sender r9, its process r10, the call's number r11; its
	 * struct's address is on the stack. */
	.macro STORE
	cmp r0, #0
	blt 1f
	ldr r12, [sp]
	str r9, [r12], #4
	stm r12, {r1-r8, r10, r11}
1:	pop {r1, r4-r11, pc}
	.endm

	/* (to r0, m r1, timeout r2:r3): a message out and one in. */
	.macro STUB_msg name, number
	ENTER \name
	push {r1, r4-r11, lr}
	.cfi_adjust_cfa_offset 40
	.cfi_rel_offset r1, 0
	.cfi_rel_offset r4, 4
	.cfi_rel_offset r5, 8
	.cfi_rel_offset r6, 12
	.cfi_rel_offset r7, 16
	.cfi_rel_offset r8, 20
	.cfi_rel_offset r9, 24
	.cfi_rel_offset r10, 28
	.cfi_rel_offset r11, 32
	.cfi_rel_offset lr, 36
	mov r10, r2
	mov r11, r3
	ldr r9, [r1, #MSG_CALL]
	add r1, r1, #4
	ldm r1, {r1-r8}
	mov r12, #\number
	svc #0
	STORE
	LEAVE \name
	.endm

	.macro STUB_send name, number
	ENTER \name
	push {r4-r11, lr}
	.cfi_adjust_cfa_offset 36
	.cfi_rel_offset r4, 0
	.cfi_rel_offset r5, 4
	.cfi_rel_offset r6, 8
	.cfi_rel_offset r7, 12
	.cfi_rel_offset r8, 16
	.cfi_rel_offset r9, 20
	.cfi_rel_offset r10, 24
	.cfi_rel_offset r11, 28
	.cfi_rel_offset lr, 32
	mov r10, r2
	mov r11, r3
	add r1, r1, #4
	ldm r1, {r1-r8}
	mov r12, #\number
	svc #0
	pop {r4-r11, pc}
	LEAVE \name
	.endm

	/* (m r0, timeout r2:r3) */
	.macro STUB_recv name, number
	ENTER \name
	push {r0, r4-r11, lr}
	.cfi_adjust_cfa_offset 40
	.cfi_rel_offset r0, 0
	.cfi_rel_offset r4, 4
	.cfi_rel_offset r5, 8
	.cfi_rel_offset r6, 12
	.cfi_rel_offset r7, 16
	.cfi_rel_offset r8, 20
	.cfi_rel_offset r9, 24
	.cfi_rel_offset r10, 28
	.cfi_rel_offset r11, 32
	.cfi_rel_offset lr, 36
	mov r10, r2
	mov r11, r3
	mov r12, #\number
	svc #0
	STORE
	LEAVE \name
	.endm

	/* (to r0, m r1) */
	.macro STUB_reply name, number
	ENTER \name
	push {r4-r9, lr}
	.cfi_adjust_cfa_offset 28
	.cfi_rel_offset r4, 0
	.cfi_rel_offset r5, 4
	.cfi_rel_offset r6, 8
	.cfi_rel_offset r7, 12
	.cfi_rel_offset r8, 16
	.cfi_rel_offset r9, 20
	.cfi_rel_offset lr, 24
	ldr r9, [r1, #MSG_CALL]
	add r1, r1, #4
	ldm r1, {r1-r8}
	mov r12, #\number
	svc #0
	pop {r4-r9, pc}
	LEAVE \name
	.endm

#define null call_null /* the one call whose function is named otherwise */
#define X(name, number, stub, book, text) STUB_##stub name, number;
#include "call.def"
#undef X

	ENTER thread_self
	mrc p15, 0, r0, c13, c0, 3		@ TPIDRURO
	bx lr
	LEAVE thread_self
