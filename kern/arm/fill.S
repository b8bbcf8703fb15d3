/* SPDX-License-Identifier: ISC
 * Memory filled by eight words at a time: it becomes tables, processes, descriptors and what ids name.  The same on every generation. */
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
	.size	words_fill, . - words_fill

	.global	words_any
	.type	words_any, %function
words_any:					@ r0 at, r1 words: a multiple of 8, not 0
	push	{r4-r9, lr}
	mov	lr, #0
	mov	r2, r0
1:	ldmia	r2!, {r0, r3-r9}
	orr	r0, r0, r3
	orr	r4, r4, r5
	orr	r6, r6, r7
	orr	r8, r8, r9
	orr	r0, r0, r4
	orr	r6, r6, r8
	orr	lr, lr, r0
	orr	lr, lr, r6
	subs	r1, r1, #8
	bne	1b
	subs	r0, lr, #0
	movne	r0, #1
	pop	{r4-r9, pc}
	.size	words_any, . - words_any

	.global	words_count
	.type	words_count, %function
words_count:					@ r0 to, r1 words: a multiple of 8, r2 the first, r3 the step
	push	{r4-r10, lr}
	mov	r12, r3
	mov	lr, r1
1:	add	r3, r2, r12
	add	r4, r3, r12
	add	r5, r4, r12
	add	r6, r5, r12
	add	r7, r6, r12
	add	r8, r7, r12
	add	r9, r8, r12
	stmia	r0!, {r2-r9}
	add	r2, r9, r12
	subs	lr, lr, #8
	bne	1b
	pop	{r4-r10, pc}
	.size	words_count, . - words_count
