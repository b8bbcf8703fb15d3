/* SPDX-License-Identifier: ISC
 * The guard page below the stack. */
#include "test.h"

static volatile uint32_t without_end = 1;

static uint32_t __attribute__((noinline)) deep(uint32_t n)
{
	volatile uint32_t room[1024];

	room[n % 1024] = n;
	return without_end ? deep(n + 1) + room[n % 1024] : n;
}

static int role_overflow(int parent)
{
	return (int)deep((uint32_t)parent);
}

const struct test_role test_roles[] = {{"overflow", role_overflow}, {NULL, NULL}};

TEST("a recursion without end ends its process with a fault, and nothing else")
{
	CHECK_EQ(role_wait(role_spawn("overflow")), 139);
}
