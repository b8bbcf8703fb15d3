/* SPDX-License-Identifier: ISC
 * The stack of a thread made by thread_start has a guard page. */
#include "test.h"

static volatile uint32_t without_end = 1;

static uint32_t __attribute__((noinline)) deep(uint32_t n)
{
	volatile uint32_t room[256];

	room[n % 256] = n;
	return without_end ? deep(n + 1) + room[n % 256] : n;
}

static void overflows(void *arg)
{
	(void)arg;
	deep(0);
}

static int role_overflow(int parent)
{
	int tid = CHECK_OK(thread_start(overflows, NULL, 4 * PAGE_SIZE));

	(void)parent;
	for (int n = 0; n < 200 && thread_unpark(tid) == 0; n++)
		thread_park(MS(2));
	return thread_unpark(tid) == ERR_PROC ? 7 : 8;
}

const struct test_role test_roles[] = {{"overflow", role_overflow}, {NULL, NULL}};

TEST("a thread that overflows its stack faults on the guard page and ends; the other threads live on")
{
	CHECK_EQ(role_wait(role_spawn("overflow")), 7);
}
