/* SPDX-License-Identifier: ISC
 * Rule 11: those who spin, yield, set alarms or ask for more priority, below, keep nobody above waiting.
 * Host load can delay a guest: the bound is wide.  One CPU. */
#include "attack.h"

#define CHILDREN 12

static void spins(void *shared)
{
	volatile uint32_t *n = shared;

	for (;;)
		n[0]++;
}

static void yields(void *shared)
{
	volatile uint32_t *n = shared;

	for (;;) {
		n[0]++;
		thread_yield();
	}
}

static void alarms(void *shared)
{
	volatile uint32_t *n = shared;
	struct msg m;

	for (;;) {
		for (int bit = 0; bit < 32; bit++)
			time_alarm(0, bit);
		msg_recv(&m, 0);
		n[0]++;
	}
}

static void raises(void *shared)
{
	volatile uint32_t *n = shared;

	for (;;) {
		n[1] |= thread_priority(0, PRIORITY_MAX) == 0 || proc_priority(0, PRIORITY_MAX) == 0;
		n[1] |= thread_priority(0, 3) == 0 || proc_priority(0, 3) == 0;
		n[0]++;
	}
}

ATTACK("a dozen processes of lower priority spin, yield, set alarms in the past and try to raise their priority",
	"the CPU from those above them")
{
	static void (*const what[])(void *) = {spins, yields, alarms, raises};
	struct child c[CHILDREN];
	int late = 0;

	for (int n = 0; n < CHILDREN; n++) {
		child_make(&c[n]);
		CHECK_OK(proc_priority(c[n].pid, 2));
		child_run(&c[n], what[n % 4]);
	}
	for (int n = 0; n < 100; n++) {
		int64_t at = time_now() + MS(2);

		CHECK_ERR(thread_park(MS(2)), ERR_TIMEOUT);
		late += time_now() - at > MS(10);
	}
	CHECK(late <= late_allowed(40)); /* of 100, on a busy host; all of them, if it worked */
	for (int n = 0; n < CHILDREN; n++) {
		child_says(&c[n], 0); /* each gets its share */
		CHECK_EQ(((volatile uint32_t *)c[n].shared)[1], 0);
		child_kill(&c[n]);
	}
}
