/* SPDX-License-Identifier: ISC
 * thread_regs of a stopped child. */
#include "test.h"

static void spin(void *shared)
{
	volatile uint32_t *n = shared;

	for (;;)
		n[0]++;
}

static void lands(void *shared)
{
	volatile uint32_t *n = shared;

	n[1] = 77;
	proc_exit(12);
}

TEST("a stopped child's registers can be read and set; it goes on where they say")
{
	struct child c;
	struct regs regs;
	volatile uint32_t *n;

	child_start(&c, spin);
	n = c.shared;
	while (!n[0])
		thread_park(MS(1));
	CHECK_ERR(thread_regs(c.pid, &regs, 0), ERR_BUSY);
	CHECK_ERR(thread_regs(NO_ID, &regs, 0), ERR_PROC);
	CHECK_OK(proc_stop(c.pid));
	CHECK_ERR(thread_regs(c.pid, &regs, 2), ERR_FLAGS);
	CHECK_ERR(thread_regs(c.pid, (struct regs *)USER_END, 0), ERR_POINTER);
	CHECK_OK(thread_regs(c.pid, &regs, 0));
	CHECK(regs.r[13] > CHILD_STACK_VA && regs.r[13] <= CHILD_STACK_VA + CHILD_STACK_LEN);
	CHECK((regs.r[15] | 1) >= ((uintptr_t)spin | 1) && regs.r[15] < ((uintptr_t)spin & ~1u) + 64);
	CHECK_EQ(regs.cpsr & 0x1f, 0x10);
	regs.r[0] = CHILD_SHARED_VA;
	regs.r[15] = (uint32_t)(uintptr_t)lands;
	regs.cpsr = (regs.cpsr & ~(1u << 5)) | ((uintptr_t)lands & 1) << 5; /* Thumb, if that is what it is */
	CHECK_OK(thread_regs(c.pid, &regs, 1));
	CHECK_OK(proc_resume(c.pid));
	CHECK_EQ(child_join(&c), 12);
}
