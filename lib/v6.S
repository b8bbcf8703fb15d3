/* SPDX-License-Identifier: ISC
 * What a program needs the CPU's generation for: ARMv6, whose cycle counter users cannot read (DDI 0301 3.2.50), and whose
 * VFP has sixteen registers. */
	.syntax unified
	.arm
	.section .text.cycles_now, "ax", %progbits
	.balign 4
	.global cycles_now
	.type cycles_now, %function
cycles_now:
	mov r0, #0
	bx lr
	.size cycles_now, . - cycles_now

/* What a function of C may spoil: d0 to d7 and the FPSCR (AAPCS 6.1.2.1), which then is as a program finds it at first:
 * rounds to nearest, no vectors, and RunFast mode. */
#define FPSCR_RUNFAST 0x03000000
	.section .text.vfp_scratch, "ax", %progbits
	.balign 4
	.global vfp_scratch_save, vfp_scratch_load
	.type vfp_scratch_save, %function
	.type vfp_scratch_load, %function
vfp_scratch_save:
	vstmia r0!, {d0-d7}
	vmrs r1, fpscr
	str r1, [r0]
	mov r1, #FPSCR_RUNFAST
	vmsr fpscr, r1
	bx lr
	.size vfp_scratch_save, . - vfp_scratch_save

vfp_scratch_load:
	vldmia r0!, {d0-d7}
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
	.word	9, 2, 0, 0			@ v6K, VFPv2
	.size elf_cpu_most, . - elf_cpu_most
