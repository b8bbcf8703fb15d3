/* SPDX-License-Identifier: ISC
 * A port whose queue is as long as an attacker has threads: the others' messages still come, in order of arrival. */
#include "attack.h"

struct report {
	int server;
};

static void floods(void *shared)
{
	struct report *r = shared;
	struct msg m;

	for (;;) {
		m = (struct msg){.tag = 1};
		msg_send(r->server, &m, -1);
	}
}

static void asks(void *shared)
{
	struct report *r = shared;
	struct msg m = {.tag = 2};

	proc_exit(msg_call(r->server, &m, -1) ? 1 : m.tag);
}

ATTACK("two dozen threads send to one server without end, while a client wants one answer",
	"the server's time: a client that is never served, or books of the kernel that fill up")
{
	struct child flooder, client;
	struct msg m;
	int before = credits_free(), served = 0;
	struct proc_info info;

	child_make(&flooder);
	child_make(&client);
	((struct report *)flooder.shared)->server = thread_self();
	((struct report *)client.shared)->server = thread_self();
	child_run(&flooder, floods);
	for (int n = 1; n < 24; n++)
		CHECK_OK(thread_new(flooder.pid, mem_new(THREAD_SIZE), (uintptr_t)floods,
			CHILD_STACK_VA + CHILD_STACK_LEN - (uintptr_t)n * 320, CHILD_SHARED_VA));
	before = credits_free();
	thread_park(SHORT);
	child_run(&client, asks);
	thread_park(SHORT);
	CHECK_OK(proc_info(0, &info));
	CHECK_EQ(info.messages, 25);
	do {
		CHECK_OK(msg_recv(&m, PATIENT));
		served++;
	} while (m.tag != 2);
	CHECK(served <= 25);
	CHECK_EQ(m.from, client.pid);
	m = (struct msg){.tag = 7};
	CHECK_OK(msg_reply(client.pid, &m));
	CHECK_EQ(child_join(&client), 7);
	/* With the flooder its messages go. */
	CHECK_OK(proc_end(flooder.pid, 0));
	CHECK_OK(proc_wait(flooder.pid, PATIENT, NULL));
	CHECK_OK(proc_info(0, &info));
	CHECK_EQ(info.messages, 0);
	CHECK_EQ(credits_free() >= before, true);
}
