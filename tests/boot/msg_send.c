/* SPDX-License-Identifier: ISC
 * msg_send waits until the message was received. */
#include "test.h"

static void receives(void *shared)
{
	volatile uint32_t *n = shared;
	struct msg m;

	while (!n[0])
		thread_park(MS(1));
	msg_recv(&m, -1);
	n[1] = m.word[0];
	msg_recv(&m, -1);
	proc_exit((int)m.word[0]);
}

TEST("msg_send returns once the message was received, and no answer can be given to it")
{
	struct child c;
	struct msg m = {.tag = 1, .word = {8}};
	volatile uint32_t *n;

	child_start(&c, receives);
	n = c.shared;
	CHECK_ERR(msg_send(c.pid, &m, SHORT), ERR_TIMEOUT);
	n[0] = 1;
	CHECK_OK(msg_send(c.pid, &m, PATIENT));
	m.word[0] = 9;
	CHECK_OK(msg_send(c.pid, &m, PATIENT));
	CHECK_EQ(n[1], 8);
	CHECK_EQ(child_join(&c), 9);
}
