/* SPDX-License-Identifier: ISC
 * Rule 9: any number of messages may be refused before one is received.  Host load can delay a guest: see late.h. */
#include "late.h"

#define SENDERS 2000

static int receiver, sent;

static void sends(void *arg)
{
	struct msg m = {.tag = 1, .frame = sent};

	(void)arg;
	msg_send(receiver, &m, -1);
	for (;;)
		thread_park(-1);
}

static void receives(void *shared)
{
	volatile uint32_t *n = shared;
	struct msg m;

	while (!n[1])
		thread_park(MS(1));
	n[2] = (uint32_t)msg_recv(&m, 0);
	n[0] = 1;
	for (;;)
		thread_park(-1);
}

TEST("alarms are on time while one msg_recv refuses 2,000 messages whose frame has been put to use since")
{
	struct child c;
	struct proc_info info;
	volatile uint32_t *n;

	page_credits(4 * SENDERS);
	child_start(&c, receives);
	n = c.shared;
	CHECK_OK(proc_priority(c.pid, 3));
	receiver = c.pid;
	sent = mem_new(PAGE_SIZE);
	late_threads(SENDERS, sends);
	do {
		CHECK_ERR(thread_park(MS(1)), ERR_TIMEOUT);
		CHECK_OK(proc_info(c.pid, &info));
	} while (info.messages < SENDERS);
	CHECK_OK(frame_table(sent, FRAME_L2));
	CHECK_OK(frame_map(l1_new(), sent, 0, 0, 0, F_MAP_TABLE));
	n[1] = 1;
	CHECK(late_worst(n) < late_max());
	CHECK_EQ((int)n[2], ERR_TIMEOUT);
	CHECK_OK(proc_end(c.pid, 0));
}
