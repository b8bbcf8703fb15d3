/* SPDX-License-Identifier: ISC
 * Registers that a user makes up: the kernel puts them into the CPU, but never a mode, a mask or an address of its own. */
#include "attack.h"

static const uint32_t modes[] = {0x10, 0x11, 0x12, 0x13, 0x16, 0x17, 0x1a, 0x1b, 0x1f, 0};

struct report {
	volatile uint32_t cpsr, wrong, done;
};

static uint32_t cpsr_read(void)
{
	uint32_t cpsr;

	__asm__ volatile("mrs %0, cpsr" : "=r"(cpsr));
	return cpsr;
}

static void lands(struct report *r)
{
	r->cpsr = cpsr_read();
	r->done = 1;
	for (;;)
		thread_park(-1);
}

/* Returns through an area that it made up. */
static void forges(void *shared)
{
	struct report *r = shared;
	struct upcall area = {.busy = 1, .cpsr = r->cpsr};

	area.r[0] = (uint32_t)(uintptr_t)r;
	area.r[13] = CHILD_STACK_VA + CHILD_STACK_LEN / 2;
	area.r[15] = r->wrong ? r->wrong : (uint32_t)(uintptr_t)lands & ~1u;
	r->wrong = 0;
	thread_return(&area);
	r->wrong = 1;
	thread_exit();
}

/* What the child runs with after it returned with that cpsr. */
static void mode_try(uint32_t mode, bool by_parent)
{
	struct child c;
	struct report *r;
	struct regs regs;
	uint32_t thumb = (uintptr_t)lands & 1 ? 0x20 : 0;

	child_make(&c);
	r = c.shared;
	r->cpsr = thumb | 0x80 | 0x40 | 0x100 | mode;
	child_run(&c, forges);
	child_says(&c, 2);
	CHECK_EQ(r->wrong, 0);
	CHECK_EQ(r->cpsr & 0x1f, 0x10);
	CHECK_EQ(r->cpsr & 0xc0, 0);
	if (by_parent) {
		CHECK_OK(proc_stop(c.pid));
		CHECK_OK(thread_regs(c.pid, &regs, 0));
		regs.cpsr = thumb | 0x1c0 | mode;
		regs.r[0] = CHILD_SHARED_VA;
		regs.r[15] = (uint32_t)(uintptr_t)lands & ~1u;
		CHECK_OK(thread_regs(c.pid, &regs, 1));
		r->cpsr = r->done = 0;
		CHECK_OK(proc_resume(c.pid));
		child_says(&c, 2);
		CHECK_EQ(r->cpsr & 0x1f, 0x10);
		CHECK_EQ(r->cpsr & 0xc0, 0);
	}
	child_kill(&c);
}

/* A jump into the kernel by the same way is a fault. */
static void jump_try(uint32_t pc)
{
	struct child c;
	struct report *r;
	struct msg m;

	child_make(&c);
	r = c.shared;
	r->cpsr = 0x13;
	r->wrong = pc;
	child_run(&c, forges);
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[0] & ~3u, pc & ~3u);
	CHECK_EQ(m.word[2] & FAULT_EXEC, FAULT_EXEC);
	child_kill(&c);
}

ATTACK("return from a fault, or set a child's registers, with a privileged mode, masked interrupts, or a pc in the "
       "kernel",
	"privileged mode, or a CPU that nobody can take away again")
{
	for (unsigned n = 0; n < sizeof modes / sizeof *modes; n++)
		mode_try(modes[n], n & 1);
	jump_try(0x80000000);
	jump_try(0x80010000);
	jump_try(0xe0000000);
	jump_try(0xffff0008);
}
