/* SPDX-License-Identifier: ISC
 * Two threads of one priority, one of which calls a server every so often. */
#include "test.h"

#define WHILE MS(600)
#define GAP   MS(1) /* between two looks at the clock somebody else ran */
#define SLICE MS(10)

enum { ANSWERS, ANSWERS_AND_RECEIVES, WAYS };

/* What a server does is in its first message. */
static void server(void *shared)
{
	struct msg m = {0};
	int to = 0, way = *(volatile int *)shared;

	for (;;) {
		if (way == ANSWERS_AND_RECEIVES) {
			msg_reply_recv(to, &m, -1);
			to = m.from;
		} else {
			msg_recv(&m, -1);
			msg_reply(m.from, &m);
		}
	}
}

static volatile int64_t until, ran[2];
static volatile int server_pid, ended;

/* Spins until `until`, and adds up for how long it ran; calls the server once a millisecond of that if `calls`. */
static void equal(void *calls)
{
	int64_t last = time_now(), now, since = 0, mine = 0;
	struct msg m = {.tag = 1};

	while ((now = time_now()) < until) {
		if (now - last < GAP) {
			mine += now - last;
			since += now - last;
		}
		last = now;
		if (calls && since > MS(1)) {
			since = 0;
			msg_call(server_pid, &m, -1);
		}
	}
	ran[calls != NULL] = mine;
	ended++;
}

static void compare(int way, int priority)
{
	struct child c;

	child_make(&c);
	*(int *)c.shared = way;
	child_run(&c, server);
	CHECK_OK(proc_priority(c.pid, priority));
	server_pid = c.pid;
	ended = 0;
	until = time_now() + WHILE;
	for (int n = 0; n < 2; n++)
		CHECK_OK(thread_priority(thread_start(equal, n ? (void *)&c : NULL, 16384), 6));
	while (ended < 2)
		thread_park(MS(20));
	CHECK(ran[0] && ran[1]);
	CHECK(late_allowed(1) || (ran[0] - ran[1] < SLICE && ran[1] - ran[0] < SLICE));
	CHECK_OK(proc_end(c.pid, 0));
	child_join(&c);
}

TEST("equals get the same, also if one of them calls a server, of a higher, the same or a lower priority, however that "
     "answers")
{
	for (int way = 0; way < WAYS; way++)
		for (int priority = 4; priority <= 8; priority += 2)
			compare(way, priority);
}
