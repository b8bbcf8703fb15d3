/* SPDX-License-Identifier: ISC
 * Deadlines at every distance: of alarms, of calls that wait, and of sleeps. */
#include <unistd.h>
#include "test.h"

static const int64_t distances[] = {1, 1000, 1ll << 31, 1ll << 32, 1ll << 42, 1ll << 43, 1ll << 56, 1ll << 62,
	INT64_MAX - (1ll << 32), INT64_MAX - 1000, INT64_MAX - 1, INT64_MAX};
#define DISTANCES (sizeof distances / sizeof *distances)
#define FAR       4 /* from here on nobody waits for them */

static volatile int waiting, woken;
static struct sem sem = SEM_INIT(0);

/* Threads that wait until somebody cares, or for ever. */
static void parks(void *timeout)
{
	waiting++;
	woken += thread_park(*(int64_t *)timeout) == 0;
}

static void takes(void *timeout)
{
	waiting++;
	woken += sem_wait(&sem, *(int64_t *)timeout) == 0;
}

static void calls(void *timeout)
{
	struct msg m = {.tag = 77};

	waiting++;
	woken += msg_call(0, &m, *(int64_t *)timeout) == 0 && m.tag == 78;
}

static void naps(void *timeout)
{
	(void)timeout;
	waiting++;
	sleep(UINT32_MAX);
	woken++;
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

/* The thread has begun to wait. */
static int wait_start(void (*fn)(void *), int64_t *timeout)
{
	int tid, before = waiting;

	woken = 0;
	tid = CHECK_OK(thread_start(fn, timeout, PAGE_SIZE * 2));
	while (waiting == before)
		thread_park(MS(1));
	sleeps();
	CHECK_EQ(woken, 0);
	return tid;
}

static void wait_end(int tid)
{
	CHECK_OK(thread_join(tid));
	CHECK_EQ(woken, 1);
}

static void waits_try(int64_t timeout)
{
	int tid = wait_start(parks, &timeout);
	struct msg m;

	CHECK_OK(thread_unpark(tid));
	wait_end(tid);
	tid = wait_start(takes, &timeout);
	sem_post(&sem);
	wait_end(tid);
	tid = wait_start(calls, &timeout);
	CHECK_OK(msg_recv(&m, timeout));
	CHECK_EQ(m.tag, 77);
	m.tag = 78;
	CHECK_OK(msg_reply(m.from, &m));
	wait_end(tid);
	CHECK_OK(time_alarm(time_now() + MS(5), 3));
	CHECK_OK(msg_recv(&m, timeout));
	CHECK_EQ(m.word[0], 1u << 3);
	wait_start(naps, &timeout); /* ends with its process */
}

static void stops(void *shared)
{
	thread_park(*(int64_t *)shared);
	proc_exit(1);
}

static void children_try(void)
{
	struct child c;
	int status;

	child_make(&c);
	*(int64_t *)c.shared = INT64_MAX;
	child_run(&c, stops);
	CHECK_ERR(proc_wait(c.pid, SHORT, &status), ERR_TIMEOUT);
	CHECK_OK(proc_end(c.pid, 3));
	CHECK_OK(proc_wait(c.pid, INT64_MAX, &status));
	CHECK_EQ(status, 3);
}

TEST("an alarm or a timeout at any distance, past, near or at the end of time, holds up nothing, and comes when it is "
     "due")
{
	alarms_try();
	for (unsigned n = FAR; n < DISTANCES; n++)
		waits_try(distances[n]);
	children_try();
}
