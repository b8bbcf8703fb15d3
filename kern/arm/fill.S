/* SPDX-License-Identifier: ISC
 * Memory filled by eight words at a time: it becomes tables, processes and what ids name.  The same on every generation. */
	.syntax unified
	.arm
	.text

	.global	words_fill
	.type	words_fill, %function
words_fill:					@ r0 to, r1 words: a multiple of 8, r2 the word
	push	{r4-r9, lr}
	mov	r3, r2
	mov	r4, r2
	mov	r5, r2
	mov	r6, r2
	mov	r7, r2
	mov	r8, r2
	mov	r9, r2
	tst	r1, #8
	stmiane	r0!, {r2-r9}
	tst	r1, #16
	stmiane	r0!, {r2-r9}
	stmiane	r0!, {r2-r9}
	lsrs	r1, r1, #5
	popeq	{r4-r9, pc}
1:	stmia	r0!, {r2-r9}
	stmia	r0!, {r2-r9}
	stmia	r0!, {r2-r9}
	stmia	r0!, {r2-r9}
	subs	r1, r1, #1
	bne	1b
	pop	{r4-r9, pc}
