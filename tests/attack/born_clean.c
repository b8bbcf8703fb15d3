/* SPDX-License-Identifier: ISC
 * Rule 11: a new thread begins with nothing of the one that ran before it. */
#include "attack.h"

#define SECRET 0x5ec2e70f

void begins_here(void);
void thread_fill(uint32_t secret);

/* Stores what it finds in r1 to r12 and lr, then in d0 to d15, below r0. */
__asm__(".syntax unified\n"
	".text\n"
	".arm\n"
	".balign 4\n"
	".type begins_here, %function\n"
	"begins_here:\n"
	"	stmia	r0!, {r1-r12, lr}\n"
	"	vstmia	r0!, {d0-d15}\n"
	"	mov	r1, #1\n"
	"	str	r1, [r0]\n"
	"1:	mvn	r0, #0\n"
	"	mvn	r1, #0\n"
	"	mov	r12, #34\n" /* thread_park */
	"	svc	#0\n"
	"	b	1b\n"
	".type thread_fill, %function\n"
	"thread_fill:\n"
	"	vmov	s0, r0\n"
	"	vmov	s1, r0\n"
	"	vmov	d1, r0, r0\n"
	"	vmov	d7, r0, r0\n"
	"	vmov	d15, r0, r0\n"
	"	bx	lr\n");

#define WORDS (13 + 32)

ATTACK("be the next to run on the CPU after a process that held secrets in its registers",
	"those that the kernel did not clear: r1 to r14, the floating-point ones")
{
	struct child c;
	volatile uint32_t *found;

	_Static_assert(CALL_thread_park == 34, "the number above");
	for (int n = 0; n < 10; n++) {
		thread_fill(SECRET);
		child_start(&c, (void (*)(void *))begins_here);
		found = c.shared;
		while (!found[WORDS]) {
			thread_fill(SECRET);
			thread_yield();
		}
		for (int i = 0; i < WORDS; i++)
			CHECK_EQ(found[i], 0);
		child_kill(&c);
	}
}
