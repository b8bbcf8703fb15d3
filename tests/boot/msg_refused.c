/* SPDX-License-Identifier: ISC
 * msg_call and msg_send: refusals. */
#include "test.h"

static void waits(void *shared)
{
	(void)shared;
	thread_park(-1);
}

TEST("sending refuses nobody, reserved tags and those who do not allow it; *m stays as it was")
{
	struct child c;
	struct msg m = {.tag = 1, .word = {5}};

	CHECK_ERR(msg_call(NO_ID, &m, 0), ERR_PROC);
	CHECK_ERR(msg_send(NO_ID, &m, 0), ERR_PROC);
	child_start(&c, waits);
	m.tag = MSG_FAULT;
	CHECK_ERR(msg_call(c.pid, &m, 0), ERR_RANGE);
	m.tag = MSG_DIED;
	CHECK_ERR(msg_send(c.pid, &m, 0), ERR_RANGE);
	m.tag = MSG_RESERVED;
	CHECK_ERR(msg_send(c.pid, &m, 0), ERR_RANGE);
	m.tag = 1;
	CHECK_ERR(msg_call(c.pid, &m, 0), ERR_TIMEOUT);
	CHECK_ERR(msg_call(c.pid, &m, SHORT), ERR_TIMEOUT);
	CHECK_ERR(msg_send(c.pid, &m, SHORT), ERR_TIMEOUT);
	CHECK_EQ(m.tag, 1);
	CHECK_EQ(m.word[0], 5);
	CHECK_EQ(m.from, 0);
	m.frame = NO_ID;
	CHECK_ERR(msg_call(c.pid, &m, 0), ERR_FRAME);
	m.frame = 0;
	CHECK_OK(proc_end(c.pid, 0));
	CHECK_ERR(msg_call(c.pid, &m, PATIENT), ERR_DEAD);
	CHECK_ERR(msg_send(c.pid, &m, PATIENT), ERR_DEAD);
	CHECK_ERR(msg_notify(c.pid, 1), ERR_DEAD);
	CHECK_ERR(msg_notify(NO_ID, 1), ERR_PROC);
}
