/* SPDX-License-Identifier: ISC
 * The time slice after the one that it was shared with has ended. */
#include "test.h"

static void spin(void *shared)
{
	volatile uint32_t *n = shared;

	for (;;)
		n[0]++;
}

TEST("after the only competitor of my priority ended, or was stopped, I go on running past the end of the slice")
{
	struct child c;
	volatile uint32_t *n;
	uint32_t start;
	int64_t began;

	child_start(&c, spin);
	n = c.shared;
	while (!n[0])
		thread_park(MS(1));
	CHECK_OK(proc_stop(c.pid));
	began = time_now();
	for (volatile uint32_t i = 0; i < 20000000; i++)
		continue;
	CHECK(time_now() > began);
	CHECK_OK(proc_resume(c.pid));
	start = n[0];
	while (n[0] == start)
		thread_park(MS(1));
	CHECK_OK(proc_end(c.pid, 0));
	for (volatile uint32_t i = 0; i < 20000000; i++)
		continue;
	child_join(&c);
}
