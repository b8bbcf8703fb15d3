/* SPDX-License-Identifier: ISC
 * Deadlines at every distance: of alarms, of calls that wait, and of sleeps. */
#include "test.h"

static const int64_t distances[] = {1, 1000, 1ll << 31, 1ll << 32, 1ll << 42, 1ll << 43, 1ll << 56, 1ll << 62,
	INT64_MAX - (1ll << 32), INT64_MAX - 1000, INT64_MAX - 1, INT64_MAX};
#define DISTANCES (sizeof distances / sizeof *distances)

static volatile int waiting, woken, over;

/* Waits in all ways that there are, for ever or nearly so, until somebody cares. */
static void parks(void *timeout)
{
	waiting++;
	woken += thread_park(*(int64_t *)timeout) == 0;
	while (!over)
		thread_park(-1);
}

/* As long as it should, however far away anything else is. */
static void sleeps(void)
{
	int64_t from = time_now();

	CHECK_ERR(thread_park(MS(5)), ERR_TIMEOUT);
	CHECK(time_now() >= from + MS(5));
	CHECK(time_now() < from + PATIENT);
}

static void alarms_try(void)
{
	struct msg m;

	for (unsigned n = 0; n < DISTANCES; n++) {
		int64_t now = time_now(), at = distances[n] > INT64_MAX - now ? INT64_MAX : now + distances[n];

		CHECK_OK(time_alarm(at, 5));
		sleeps();
		CHECK_EQ(msg_recv(&m, 0), at <= now + 1000 ? 0 : ERR_TIMEOUT);
		CHECK_OK(time_alarm(distances[n], 6)); /* passed, if it is near: it comes at once */
		sleeps();
		CHECK_EQ(msg_recv(&m, 0), distances[n] <= now ? 0 : ERR_TIMEOUT);
	}
	for (unsigned bit = 5; bit < 7; bit++)
		CHECK_OK(time_alarm(-1, (int)bit));
}

static void waits_try(void)
{
	int tid[DISTANCES];
	int n = 0;
	struct msg m;

	for (unsigned i = 2; i < DISTANCES; i++) {
		int64_t timeout = distances[i];

		tid[n] = CHECK_OK(thread_start(parks, &timeout, PAGE_SIZE));
		while (waiting == n)
			thread_park(MS(1));
		sleeps();
		CHECK_EQ(woken, n);
		n++;
		CHECK_OK(thread_unpark(tid[n - 1]));
		while (woken < n)
			thread_park(MS(1));
		CHECK_OK(time_alarm(time_now() + MS(5), 3));
		CHECK_OK(msg_recv(&m, timeout));
		CHECK_EQ(m.word[0], 1u << 3);
	}
	over = 1;
	while (n--) {
		CHECK_OK(thread_unpark(tid[n]));
		CHECK_OK(thread_join(tid[n]));
	}
}

TEST("an alarm or a timeout at any distance, past, near or at the end of time, holds up nothing, and comes when it is "
     "due")
{
	alarms_try();
	waits_try();
}
