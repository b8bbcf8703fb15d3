/* SPDX-License-Identifier: ISC
 * Faults that no mapping repairs. */
#include "test.h"

static void undefined(void *shared)
{
	(void)shared;
	__asm__ volatile("udf #1");
	proc_exit(0);
}

static void no_table(void *shared)
{
	(void)shared;
	proc_exit(*(volatile int *)(4 * L2_SPAN));
}

static void kernel_address(void *shared)
{
	(void)shared;
	proc_exit(*(volatile int *)USER_END);
}

static void misaligned(void *shared)
{
	register uint32_t low __asm__("r2");

	__asm__ volatile("ldrd r2, r3, [%1]" : "=r"(low) : "r"((uintptr_t)shared + 2) : "r3");
	proc_exit((int)low);
}

static void expect(void (*fn)(void *), uint32_t kind, uint32_t address, bool at_root)
{
	struct child c;
	struct msg m;

	child_start(&c, fn);
	child_message(&c, &m, MSG_FAULT);
	CHECK(m.word[2] & kind);
	if (address)
		CHECK_EQ(m.word[0], address);
	if (at_root)
		CHECK_EQ(m.word[4], c.l1);
	m = (struct msg){.tag = 2};
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_EQ(child_join(&c), 2);
}

TEST("undefined instructions, misaligned accesses, missing tables and kernel addresses are reported as such")
{
	expect(undefined, FAULT_UNDEFINED, 0, false);
	expect(no_table, FAULT_NOMAP, 4 * L2_SPAN, true);
	expect(kernel_address, FAULT_READ, USER_END, false);
	expect(misaligned, FAULT_ALIGNMENT, CHILD_SHARED_VA + 2, false);
}
