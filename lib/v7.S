/* SPDX-License-Identifier: ISC
 * What a program needs the CPU's generation for: ARMv7-A. */
	.syntax unified
#ifdef __thumb__
	.thumb
#endif
	.section .text.cycles_now, "ax", %progbits
	.balign 4
	.global cycles_now
	.type cycles_now, %function
cycles_now:
	mrc p15, 0, r0, c9, c13, 0		@ PMCCNTR: DDI 0406C B4.1.113
	bx lr
	.size cycles_now, . - cycles_now
