/* SPDX-License-Identifier: ISC
 * What a program needs the CPU's generation for: ARMv7-A, with a cycle counter and 32 registers of the VFP. */
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

/* What a function of C may spoil: d0 to d7, d16 to d31 and the FPSCR (AAPCS 6.1.2.1), which then is as a program finds it at
 * first: rounds to nearest, no vectors. */
	.section .text.vfp_scratch, "ax", %progbits
	.balign 4
	.global vfp_scratch_save, vfp_scratch_load
	.type vfp_scratch_save, %function
	.type vfp_scratch_load, %function
vfp_scratch_save:
	vstmia r0!, {d0-d7}
	vstmia r0!, {d16-d31}
	vmrs r1, fpscr
	str r1, [r0]
	mov r1, #0
	vmsr fpscr, r1
	bx lr
	.size vfp_scratch_save, . - vfp_scratch_save

vfp_scratch_load:
	vldmia r0!, {d0-d7}
	vldmia r0!, {d16-d31}
	ldr r1, [r0]
	vmsr fpscr, r1
	bx lr
	.size vfp_scratch_load, . - vfp_scratch_load

/* What programs may ask of this CPU: struct elf_cpu, elf.h. */
	.section .rodata.elf_cpu_most, "a", %progbits
	.balign 4
	.global elf_cpu_most
	.type elf_cpu_most, %object
elf_cpu_most:
	.word	10, 4 + 2 * CPU_VE, 1 + CPU_VE, CPU_VE	@ v7, VFPv3 or 4, NEON, division
	.size elf_cpu_most, . - elf_cpu_most
