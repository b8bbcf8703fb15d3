/* SPDX-License-Identifier: ISC
 * Rule 11: what a user instruction may not do. */
#include "test.h"

static void reads_ttbr(void *shared)
{
	uint32_t value;

	(void)shared;
	__asm__ volatile("mrc p15, 0, %0, c2, c0, 0" : "=r"(value));
	proc_exit(0);
}

static void writes_thread(void *shared)
{
	__asm__ volatile("mcr p15, 0, %0, c13, c0, 3" : : "r"(shared));
	proc_exit(0);
}

static void flushes_tlb(void *shared)
{
	__asm__ volatile("mcr p15, 0, %0, c8, c7, 0" : : "r"(shared));
	proc_exit(0);
}

static void sets_mode(void *shared)
{
	uint32_t cpsr;

	(void)shared;
	__asm__ volatile("cpsid i\n mov r0, #0x13\n msr cpsr_c, r0\n mrs %0, cpsr" : "=r"(cpsr) : : "r0", "memory");
	proc_exit((int)(cpsr & 0x9f));
}

static void refused(void (*fn)(void *))
{
	struct child c;
	struct msg m;

	child_start(&c, fn);
	child_message(&c, &m, MSG_FAULT);
	CHECK(m.word[2] & FAULT_UNDEFINED);
	m.tag = 3;
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_EQ(child_join(&c), 3);
}

TEST("privileged instructions are undefined or without effect: no table base, no thread id, no TLB, no mode, no mask")
{
	struct child c;

	refused(reads_ttbr);
	refused(writes_thread);
	refused(flushes_tlb);
	child_start(&c, sets_mode);
	CHECK_EQ(child_join(&c), 0x10);
}
