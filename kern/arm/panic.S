/* SPDX-License-Identifier: ISC
 * The ways into a panic: they keep all registers as they were, then use a stack of their own, since nothing else may be
 * in order.  panic.c prints. */
	.syntax unified
	.arm

#include "asm.h"

#define REGS_SP   52
#define REGS_LR   56
#define REGS_PC   60
#define REGS_CPSR 64

	.text
/* void panic(const char *what, uint32_t a, uint32_t b): r12 is nobody's across a call. */
	.global panic
	.type	panic, %function
panic:
	cpsid	if
	ldr	r12, =panic_regs
	stmia	r12, {r0-r12}
	str	sp, [r12, #REGS_SP]
	str	lr, [r12, #REGS_LR]
	str	lr, [r12, #REGS_PC]
	mrs	r3, cpsr
	str	r3, [r12, #REGS_CPSR]
	ldr	sp, =panic_stack_top
	b	panic_called

/* From an exception's mode: lr where the kernel was, spsr, and its r0 at sp. */
	.global panic_trap
	.type	panic_trap, %function
panic_trap:
	ldr	r0, =panic_regs
	stmia	r0, {r0-r12}
	ldr	r1, [sp]
	str	r1, [r0]
	str	lr, [r0, #REGS_PC]
	mrs	r1, spsr
	str	r1, [r0, #REGS_CPSR]
	cpsid	if, #MODE_SVC
	str	sp, [r0, #REGS_SP]
	str	lr, [r0, #REGS_LR]
	ldr	sp, =panic_stack_top
	b	panic_trapped
	.ltorg

/* What the unwind tables name as their interpreters: unwind.c knows them by number. */
	.global	__aeabi_unwind_cpp_pr0, __aeabi_unwind_cpp_pr1, __aeabi_unwind_cpp_pr2
	.set	__aeabi_unwind_cpp_pr0, 0
	.set	__aeabi_unwind_cpp_pr1, 0
	.set	__aeabi_unwind_cpp_pr2, 0

	.bss
	.balign	8
	.space	1024
panic_stack_top:
