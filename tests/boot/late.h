/* SPDX-License-Identifier: ISC
 * How late alarms are while something else happens: of tests about rule 9.  Time is the host's but under ICOUNT=1, so there
 * is no bound unless time is said to be exact, as `tests/run latency` does. */
#ifndef TESTS_BOOT_LATE_H
#define TESTS_BOOT_LATE_H

#include "test.h"

#define LATE_EXACT_US 60  /* instructions / 1000 */
#define LATE_STACK    160 /* bytes, of a thread that only makes a call */

static inline int64_t late_max(void)
{
	return late_allowed(1) ? INT64_MAX : LATE_EXACT_US * 1000ll;
}

/* Starts n threads of priority 2 at fn. */
static inline void late_threads(int n, void (*fn)(void *))
{
	char *stacks = vm_map(mem_new(((size_t)n * LATE_STACK + PAGE_SIZE - 1) & ~(size_t)(PAGE_SIZE - 1)), 0, 0, RW);
	int tid;

	CHECK(stacks);
	for (int i = 0; i < n; i++) {
		tid = CHECK_OK(thread_new(
			0, mem_new(THREAD_SIZE), (uintptr_t)fn, (uintptr_t)(stacks + (i + 1) * LATE_STACK), 0));
		CHECK_OK(thread_priority(tid, 2));
	}
}

/* The most that an alarm every 200 us is late, until *over, in ns. */
static inline int64_t late_worst(volatile const uint32_t *over)
{
	int64_t worst = 0, at;
	struct msg m;

	for (int n = 0; n < 20 || !*over; n++) {
		CHECK(n < 20000);
		at = time_now() + 200000;
		CHECK_OK(time_alarm(at, 0));
		do
			CHECK_OK(msg_recv(&m, PATIENT));
		while (m.tag != MSG_NOTIFY);
		if (time_now() - at > worst)
			worst = time_now() - at;
	}
	return worst;
}

#endif
