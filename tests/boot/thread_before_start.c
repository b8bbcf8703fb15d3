/* SPDX-License-Identifier: ISC
 * thread_new in a child that has not started yet. */
#include "test.h"

static void first(void *shared)
{
	volatile int *n = shared;

	while (!n[0])
		thread_park(MS(1));
	proc_exit(n[0]);
}

static void second(void *shared)
{
	volatile int *n = shared;

	n[0] = 23;
	thread_exit();
}

TEST("a thread made in a child that has not started waits for that, and runs then")
{
	struct child c;
	volatile int *n;

	child_make(&c);
	n = c.shared;
	CHECK_OK(thread_new(c.pid, mem_new(THREAD_SIZE), (uintptr_t)second, CHILD_STACK_VA + 512, CHILD_SHARED_VA));
	CHECK_ERR(thread_park(SHORT), ERR_TIMEOUT);
	CHECK_EQ(n[0], 0);
	child_run(&c, first);
	CHECK_EQ(child_join(&c), 23);
}
