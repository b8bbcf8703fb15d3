/* SPDX-License-Identifier: ISC
 * Notifications come before messages, and are or-ed together: a flood of them is one. */
#include "attack.h"

struct report {
	int server;
	volatile uint32_t sent;
};

static void notifies(void *shared)
{
	struct report *r = shared;

	for (;;) {
		msg_notify(r->server, 0xffffffff);
		r->sent++;
	}
}

static void asks(void *shared)
{
	struct report *r = shared;
	struct msg m = {.tag = 2};

	proc_exit(msg_call(r->server, &m, -1) ? 1 : m.tag);
}

ATTACK("notify a server without end, so that it never comes to its other messages", "its whole time")
{
	struct child flooder, client;
	struct msg m;
	struct report *r;
	int notified = 0;

	child_make(&flooder);
	child_make(&client);
	r = flooder.shared;
	r->server = thread_self();
	((struct report *)client.shared)->server = thread_self();
	child_run(&flooder, notifies);
	child_run(&client, asks);
	while (r->sent < 1000)
		thread_park(MS(1));
	for (;;) {
		CHECK_OK(msg_recv(&m, PATIENT));
		if (m.tag == 2)
			break;
		CHECK_EQ(m.tag, MSG_NOTIFY);
		CHECK(++notified < 100);
	}
	m = (struct msg){.tag = 7};
	CHECK_OK(msg_reply(client.pid, &m));
	while (msg_recv(&m, PATIENT) == 0 && !(m.tag == MSG_DIED && m.from == client.pid))
		CHECK_EQ(m.tag, MSG_NOTIFY);
	child_kill(&flooder);
}
