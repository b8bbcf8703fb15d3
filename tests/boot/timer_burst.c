/* SPDX-License-Identifier: ISC
 * Many threads of a low priority wait for the same time as an alarm of a high one. */
#include "late.h"

#define THREADS 500

static volatile int64_t when;
static volatile uint32_t parked, woken;

static void parks(void *arg)
{
	(void)arg;
	thread_park(-1);
	__atomic_fetch_add(&parked, 1, __ATOMIC_RELAXED);
	while (time_now() < when)
		thread_park(when - time_now());
	__atomic_fetch_add(&woken, 1, __ATOMIC_RELAXED);
	thread_park(-1);
}

TEST("what is due for lower priorities makes neither an alarm of a higher one late nor who runs stand still, and comes "
     "when it stops")
{
	int64_t at, late, last, now, gap = 0;
	struct msg m;

	page_credits(THREADS * 8);
	late_threads(THREADS, parks);
	at = time_now() + MS(late_allowed(1) ? 1000 : 60);
	when = at;
	for (int tid = thread_next(0, thread_self()); tid > 0; tid = thread_next(0, tid))
		CHECK_OK(thread_unpark(tid));
	thread_park(MS(30));
	CHECK(late_allowed(1) || parked == THREADS);
	CHECK_OK(time_alarm(at, 0));
	CHECK_OK(msg_recv(&m, PATIENT));
	late = time_now() - at;
	last = time_now();
	while ((now = time_now()) < at + MS(10)) {
		gap = now - last > gap ? now - last : gap;
		last = now;
	}
	CHECK_EQ(woken, 0); /* who waits for the same time has to wait for me */
	if (!late_allowed(1)) {
		CHECK(late < 5000);
		CHECK(gap < 5000);
	}
	for (int n = 0; n < 100 && woken < THREADS; n++)
		thread_park(MS(50));
	CHECK_EQ(woken, THREADS);
}
