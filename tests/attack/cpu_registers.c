/* SPDX-License-Identifier: ISC
 * Registers of the CPU that users could write and that no switch of threads saves: ThumbEE's handler base, Jazelle's configuration. */
#include "attack.h"

static void thumbee(void *shared)
{
	__asm__ volatile("mcr p14, 6, %0, c1, c0, 0" : : "r"(0x5ec2e700)); /* TEEHBR */
	*(volatile uint32_t *)shared = 1;
	proc_exit(0);
}

static void jazelle(void *shared)
{
	__asm__ volatile("mcr p14, 7, %0, c2, c0, 0" : : "r"(0)); /* JMCR */
	*(volatile uint32_t *)shared = 1;
	proc_exit(0);
}

static void refused(void (*writes)(void *))
{
	struct child c;
	struct msg m;

	child_start(&c, writes);
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[2] & FAULT_UNDEFINED, FAULT_UNDEFINED);
	CHECK_EQ(*(volatile uint32_t *)c.shared, 0);
	child_kill(&c);
}

ATTACK("write a register of the CPU that the next process finds as it was left",
	"a channel to a process that never agreed to one")
{
	refused(thumbee);
	refused(jazelle);
}
