/* SPDX-License-Identifier: ISC
 * Rule 11: a stop that takes several pieces, the last of them done by a thread of the very process that is being stopped. */
#include "attack.h"

#define THREADS 300
#define ROUNDS  2000

static void sleeps(void *shared)
{
	(void)shared;
	for (;;)
		thread_park(-1);
}

static void calls(void *shared)
{
	volatile uint32_t *n = shared;

	for (;;) {
		frame_count(0);
		n[0]++;
	}
}

static void thread_in(const struct child *c, void (*fn)(void *))
{
	CHECK_OK(thread_new(c->pid, mem_new(THREAD_SIZE), (uintptr_t)fn, CHILD_STACK_VA + 0x1000, CHILD_SHARED_VA));
}

ATTACK("be stopped while one of many threads makes calls", "to run on although stopped, or a broken ready queue")
{
	struct child c;
	volatile uint32_t *n;
	uint32_t at;

	child_make(&c);
	n = c.shared;
	for (int i = 0; i < THREADS; i++)
		thread_in(&c, sleeps);
	thread_in(&c, calls);
	child_run(&c, sleeps);
	child_says(&c, 0);
	for (int i = 0; i < ROUNDS; i++) {
		CHECK_OK(proc_stop(c.pid));
		at = n[0];
		CHECK_OK(thread_yield());
		CHECK_EQ(n[0], at);
		CHECK_OK(proc_resume(c.pid));
		if (i % 16 == 0)
			CHECK_ERR(thread_park(MS(1)), ERR_TIMEOUT);
	}
	child_kill(&c);
}
