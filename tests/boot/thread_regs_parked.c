/* SPDX-License-Identifier: ISC
 * thread_regs of a thread of mine that is parked with a timeout. */
#include "test.h"

static char stack[4096] __attribute__((aligned(8)));
static volatile int ran, result;

static void lands(int r)
{
	result = r;
	ran = 1;
	for (;;)
		thread_park(-1);
}

static void parks(void *unused)
{
	(void)unused;
	thread_park(SHORT * 3);
	for (;;)
		thread_park(-1);
}

TEST("a parked thread of mine whose registers are set stays parked beyond its timeout, until it is unparked, and has 0 "
     "in r0 then")
{
	int tid = CHECK_OK(thread_start(parks, NULL, PAGE_SIZE * 2));
	struct regs regs;

	thread_park(SHORT);
	CHECK_OK(thread_regs(tid, &regs, 0));
	regs.r[0] = 55;
	regs.r[13] = (uint32_t)(uintptr_t)(stack + sizeof stack);
	regs.r[15] = (uint32_t)(uintptr_t)lands;
	regs.cpsr = (uintptr_t)lands & 1 ? 0x20 : 0;
	CHECK_OK(thread_regs(tid, &regs, 1));
	thread_park(SHORT * 6);
	CHECK_EQ(ran, 0);
	CHECK_OK(thread_unpark(tid));
	thread_park(SHORT);
	CHECK_EQ(ran, 1);
	CHECK_EQ(result, 0);
}
