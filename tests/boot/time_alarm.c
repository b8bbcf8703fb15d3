/* SPDX-License-Identifier: ISC
 * Alarms. */
#include "test.h"

TEST("alarms notify of their bits at their times, in order, a new one replaces the old, -1 cancels")
{
	int64_t now = time_now();
	struct msg m;

	CHECK_ERR(time_alarm(now, 32), ERR_RANGE);
	CHECK_ERR(time_alarm(now, -1), ERR_RANGE);
	CHECK_OK(time_alarm(now + MS(40), 1));
	CHECK_OK(time_alarm(now + MS(20), 2));
	CHECK_OK(time_alarm(now + MS(10), 3));
	CHECK_OK(time_alarm(-1, 3));
	CHECK_OK(time_alarm(now + MS(3000), 4));
	CHECK_OK(time_alarm(now + MS(60), 4));
	CHECK_OK(msg_recv(&m, PATIENT));
	CHECK_EQ(m.tag, MSG_NOTIFY);
	CHECK_EQ(m.word[0], 1u << 2);
	CHECK(time_now() >= now + MS(20));
	CHECK_OK(msg_recv(&m, PATIENT));
	CHECK_EQ(m.word[0], 1u << 1);
	CHECK(time_now() >= now + MS(40));
	CHECK_OK(msg_recv(&m, PATIENT));
	CHECK_EQ(m.word[0], 1u << 4);
	CHECK(time_now() < now + MS(2000));
	CHECK_OK(time_alarm(0, 7));
	CHECK_OK(msg_recv(&m, 0));
	CHECK_EQ(m.word[0], 1u << 7);
}
