/* SPDX-License-Identifier: ISC
 * Rule 11: what has a higher priority is not kept waiting. One CPU. */
#include "test.h"

static void spin(void *shared)
{
	volatile uint32_t *n = shared;

	for (;;)
		n[0]++;
}

TEST("a thread of lower priority runs only while all above wait, and never delays them")
{
	struct child c;
	volatile uint32_t *n;
	uint32_t then;
	int64_t start;

	child_make(&c);
	n = c.shared;
	CHECK_OK(proc_priority(c.pid, 1));
	child_run(&c, spin);
	then = n[0];
	start = time_now();
	while (time_now() < start + MS(60))
		continue;
	CHECK_EQ(n[0], then);
	CHECK_ERR(thread_park(SHORT), ERR_TIMEOUT);
	CHECK(n[0] != then);
	CHECK_OK(proc_end(c.pid, 0));
	child_join(&c);
}
