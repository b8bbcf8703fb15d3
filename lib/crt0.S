/* SPDX-License-Identifier: ISC
 * A program's first instructions: r0 is its start block (spawn.h), or the boot page in the first process. */
	.syntax unified
#ifdef __thumb__
	.thumb
#endif
	.text
	.global _start
	.type _start, %function
_start:
	mov	r4, sp			@ the stack begins aligned to 8 (AAPCS 6.2.1.2)
	bic	r4, r4, #7
	mov	sp, r4
	mov	fp, #0
	mov	lr, #0
	b	start_c
	.size _start, . - _start

/* newlib's array of constructors calls these too; there is nothing left for them to do. */
	.global _init, _fini
	.type _init, %function
	.type _fini, %function
_init:
_fini:
	bx	lr

/* libc has empty ones of its own: ours are to be found first. */
	.section .references, "", %progbits
	.word	__malloc_lock, __env_lock
