/* SPDX-License-Identifier: ISC
 * States of the CPU that a user makes up.  What a core does in one that its manual leaves open cannot be seen; that a thread never
 * gets into one can.  Which there are stands in tests/host/arm_psr.c. */
#include "test.h"

#define FLAGS   0xf8000000u
#define IT_HIGH 0x0000fc00u
#define IT_LOW  0x06000000u
#define J       0x01000000u
#define GE      0x000f0000u
#define E       0x00000200u
#define T       0x00000020u
#define USER    0x00000010u

static struct upcall area;

static void ends(void *shared)
{
	(void)shared;
	proc_exit(5);
}

/* What is left of a cpsr; the child is stopped. */
static uint32_t cpsr_after(struct child *c, uint32_t cpsr, uint32_t pc)
{
	struct regs regs;

	CHECK_OK(thread_regs(c->pid, &regs, 0));
	regs.cpsr = cpsr;
	regs.r[15] = pc;
	CHECK_OK(thread_regs(c->pid, &regs, 1));
	CHECK_OK(thread_regs(c->pid, &regs, 0));
	CHECK_EQ(regs.r[15], pc & (regs.cpsr & T ? ~1u : ~3u));
	return regs.cpsr;
}

/* The cpsr that I have after a return to here with that one. */
static uint32_t cpsr_returned(uint32_t cpsr)
{
	uint32_t got, at;

	area = (struct upcall){.busy = 1, .cpsr = cpsr};
	__asm__ volatile("adr %1, 1f\n\t"
			 "str %1, [%2, %4]\n\t"
			 "add r12, %2, %5\n\t"
			 "stm r12, {r0-r11}\n\t"
			 "str sp, [r12, #52]\n\t"
			 "mov r0, %2\n\t"
			 "mov r12, %6\n\t"
			 "svc #0\n\t"
			 ".balign 4\n"
			 "1:	mrs %0, cpsr\n\t"
			 "setend le"
			 : "=&r"(got), "=&r"(at)
			 : "r"(&area), "r"(cpsr), "i"(offsetof(struct upcall, r[15])), "i"(offsetof(struct upcall, r)),
			 "i"(CALL_thread_return)
			 : "r12", "lr", "cc", "memory");
	return got;
}

TEST("whatever cpsr is made up with thread_regs or thread_return, a thread has a state that the CPU defines, and its "
     "own byte order")
{
	struct child c;
	uint32_t own = FLAGS | GE | E, thumb = (uintptr_t)ends & 1 ? T : 0;

	child_start(&c, ends);
	if (proc_stop(c.pid) == ERR_DEAD)
		SKIP("the child was faster than its parent");
	CHECK_EQ(cpsr_after(&c, own | T, 0x101003), own | T | USER);
	CHECK_EQ(cpsr_after(&c, own, 0x101003), own | USER);
	CHECK_EQ(cpsr_after(&c, ~0u, 0x101000) & ~J, own | T | USER); /* always, or else: no such block */
	CHECK_EQ(cpsr_after(&c, ~T, 0x101000), own | USER);
	CHECK_EQ(cpsr_after(&c, IT_HIGH | IT_LOW | J, 0x101000), USER);
	CHECK_EQ(cpsr_after(&c, T | 0xf000, 0x101000), T | USER);          /* nothing is to come */
	CHECK_EQ(cpsr_after(&c, T | 0x0800, 0x101000), T | 0x0800 | USER); /* one, if equal */
	CHECK_EQ(cpsr_after(&c, T | 0xe000 | IT_LOW, 0x101000), T | USER);
	CHECK_EQ(cpsr_after(&c, thumb, (uintptr_t)ends & ~1u), thumb | USER);
	CHECK_OK(proc_resume(c.pid));
	CHECK_EQ(child_join(&c), 5);
	CHECK_EQ(cpsr_returned(own | thumb | USER) & (own | 0x1f), own | USER);
	CHECK_EQ(cpsr_returned(J | (thumb ? 0xf000 : IT_HIGH) | thumb) & (own | 0x1f), USER);
}
