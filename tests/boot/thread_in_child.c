/* SPDX-License-Identifier: ISC
 * thread_new in a child; any thread's id means its process. */
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

	n[0] = 21;
	thread_exit();
}

TEST("a parent makes a second thread in its child, and either id names the process")
{
	struct child c;
	struct proc_info info;
	int tid;

	child_start(&c, first);
	tid = CHECK_OK(
		thread_new(c.pid, mem_new(THREAD_SIZE), (uintptr_t)second, CHILD_STACK_VA + 512, CHILD_SHARED_VA));
	CHECK(tid != c.pid);
	if (proc_info(tid, &info) == 0)
		CHECK_EQ(info.pid, c.pid);
	CHECK_OK(proc_wait(c.pid, PATIENT, &tid));
	CHECK_EQ(tid, 21);
}
