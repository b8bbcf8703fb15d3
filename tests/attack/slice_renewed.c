/* SPDX-License-Identifier: ISC
 * Round robin: who is preempted goes on with the rest of its time slice, not with a new one.  One CPU. */
#include "attack.h"

static void spins(void *shared)
{
	volatile uint32_t *n = shared;

	for (;;)
		n[0]++;
}

ATTACK("have oneself preempted, by a thread of higher priority that wakes up all the time, before the time slice ends",
	"the CPU for ever, from everybody of the same priority")
{
	struct child c[3];
	volatile uint32_t *n[3];
	int64_t end;

	for (int i = 0; i < 3; i++) {
		child_make(&c[i]);
		n[i] = c[i].shared;
		CHECK_OK(proc_priority(c[i].pid, 2));
		child_run(&c[i], spins);
	}
	for (end = time_now() + MS(1200); time_now() < end;)
		CHECK_ERR(thread_park(MS(1)), ERR_TIMEOUT);
	for (int i = 0; i < 3; i++)
		CHECK_OK(proc_stop(c[i].pid));
	for (int i = 0; i < 3; i++)
		CHECK(n[i][0] > n[(i + 1) % 3][0] / 8);
	for (int i = 0; i < 3; i++)
		child_kill(&c[i]);
}
