/* SPDX-License-Identifier: ISC
 * What a call lends.  Servers are children of priority 2, a thread of priority 5 spins; who calls has 8. */
#include "test.h"

#define SOON MS(200) /* the spinner spins for seconds */

/* Answers when word[0] rounds are over, and, if word[1] names somebody, after calling that with one word less. */
static void server(void *shared)
{
	volatile uint32_t *spun = shared;
	struct msg m, on;

	frame_allow(0, ALLOW_SEND);
	for (;;) {
		if (msg_recv(&m, -1) < 0 || m.from == 0)
			continue;
		for (uint32_t n = 0; n < m.word[0]; n++)
			spun[0]++;
		if (m.word[1]) {
			on = (struct msg){.word = {m.word[2], m.word[3], m.word[4], m.word[5]}};
			if (msg_call((int)m.word[1], &on, -1) < 0)
				proc_exit(1);
		}
		msg_reply(m.from, &m);
	}
}

static volatile uint32_t spins;
static volatile int spinning = 1;

static void spin(void *arg)
{
	(void)arg;
	thread_priority(0, 5);
	while (spinning)
		spins++;
}

static void server_start(struct child *c)
{
	struct msg m = {.tag = 1};

	child_start(c, server);
	CHECK_OK(proc_priority(c->pid, 2));
	CHECK_OK(msg_call(c->pid, &m, PATIENT)); /* it allows, and waits */
}

/* How long a call takes, which must be answered. */
static int64_t call_time(int pid, struct msg m)
{
	int64_t began = time_now();

	CHECK_OK(msg_call(pid, &m, PATIENT));
	return time_now() - began;
}

static int low_pid;
static volatile int low_done;

/* A caller of the lowest priority keeps the server busy. */
static void low_caller(void *arg)
{
	struct msg m = {.word = {3000000}};

	(void)arg;
	thread_priority(0, 1);
	msg_call(low_pid, &m, -1);
	low_done = 1;
}

TEST("whom a call of a high priority waits for runs at that priority, through further calls too, until it is answered "
     "or given up")
{
	struct child a, b;
	int spinner, low;
	uint32_t was;
	struct msg m;

	server_start(&a);
	server_start(&b);
	spinner = thread_start(spin, NULL, 16384);
	for (int n = 0; n < 200 && !spins; n++)
		thread_park(MS(5));
	CHECK(spins);

	/* at once, through a second server, and queued behind a call of a low priority */
	CHECK(call_time(a.pid, (struct msg){.word = {1000}}) < SOON);
	CHECK(call_time(a.pid, (struct msg){.word = {1000, (uint32_t)b.pid, 1000}}) < SOON);
	low_pid = a.pid;
	spinning = 0;
	thread_join(spinner);
	low = thread_start(low_caller, NULL, 16384);
	thread_park(MS(5)); /* the server has its call */
	spinning = 1;
	spinner = thread_start(spin, NULL, 16384);
	was = *(volatile uint32_t *)a.shared;
	thread_park(MS(30));
	CHECK(!low_done); /* priority 1 and 2 wait for the spinner's 5 */
	CHECK_EQ(*(volatile uint32_t *)a.shared, was);
	CHECK(call_time(a.pid, (struct msg){.word = {1000}}) < PATIENT / 2);

	/* a caller that gives up takes what it lent along, also from whom it was passed on to */
	m = (struct msg){.word = {0, (uint32_t)b.pid, 400000000}};
	CHECK_ERR(msg_call(a.pid, &m, MS(50)), ERR_TIMEOUT);
	was = *(volatile uint32_t *)b.shared;
	CHECK(was > 1000);
	thread_park(MS(50));
	CHECK_EQ(*(volatile uint32_t *)b.shared, was);

	/* and who ends does */
	CHECK_OK(proc_end(b.pid, 0));
	CHECK_OK(proc_end(a.pid, 0));
	spinning = 0;
	thread_join(spinner);
	thread_join(low);
	child_join(&a);
	child_join(&b);
}
