/* SPDX-License-Identifier: ISC
 * A process notifies itself, and wakes its own receiving thread. */
#include "test.h"

static volatile uint32_t bits;

static void receives(void *arg)
{
	struct msg m;

	(void)arg;
	if (!msg_recv(&m, PATIENT) && m.tag == MSG_NOTIFY)
		bits = m.word[0];
}

TEST("bits set for myself are received by a thread of mine that waits")
{
	int tid = CHECK_OK(thread_start(receives, NULL, 4 * PAGE_SIZE));

	thread_park(MS(5));
	CHECK_OK(msg_notify(0, 6));
	CHECK_OK(thread_join(tid));
	CHECK_EQ(bits, 6);
}
