/* SPDX-License-Identifier: ISC
 * The stack grows by faults. */
#include "test.h"

static uint32_t __attribute__((noinline)) deep(uint32_t n)
{
	volatile uint32_t room[256];

	for (int i = 0; i < 256; i++)
		room[i] = n;
	return n ? deep(n - 1) + room[n % 256] - n : room[0];
}

TEST("a recursion of a mebibyte works on the main thread's stack")
{
	CHECK_EQ(deep(1000), 0);
	CHECK_EQ(deep(1000), 0);
}
