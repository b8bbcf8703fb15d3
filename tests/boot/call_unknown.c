/* SPDX-License-Identifier: ISC
 * Numbers that name no call, and call_null. */
#include "test.h"

static int call_raw(int number)
{
	register int r0 __asm__("r0") = 1;
	register int r12 __asm__("r12") = number;

	__asm__ volatile("svc #0" : "+r"(r0) : "r"(r12) : "memory", "r1", "r2", "r3");
	return r0;
}

TEST("a number that is no call answers CALL; call_null answers 0")
{
	CHECK_EQ(call_null(), 0);
	CHECK_ERR(call_raw(CALL_LIMIT), ERR_CALL);
	CHECK_ERR(call_raw(-1), ERR_CALL);
	CHECK_ERR(call_raw(0x7fffffff), ERR_CALL);
	CHECK_ERR(call_raw((int)0x80000000), ERR_CALL);
}
