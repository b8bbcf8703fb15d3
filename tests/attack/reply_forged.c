/* SPDX-License-Identifier: ISC
 * A call is answered once, by a thread of the process it was made to. */
#include "attack.h"

struct report {
	int victim;
	volatile int tries, wrong, stop;
};

/* Answers whoever waits, again and again. */
static void answers(void *shared)
{
	struct report *r = shared;
	struct msg m;

	while (!r->stop) {
		m = (struct msg){.tag = 666};
		r->wrong += msg_reply(r->victim, &m) != ERR_PROC;
		m = (struct msg){.tag = 667};
		r->wrong += msg_reply_recv(r->victim, &m, 0) != ERR_PROC;
		r->tries++;
		thread_yield();
	}
	proc_exit(0);
}

static void calls(void *shared)
{
	struct report *r = shared;
	struct msg m;

	for (int n = 1; n <= 50; n++) {
		m = (struct msg){.tag = n};
		if (msg_call(r->victim, &m, -1) || m.tag != n + 1000)
			r->wrong++;
	}
	proc_exit(0);
}

ATTACK("answer calls that were made to somebody else, faults too, and answer one's own twice",
	"the place of a server whose client waits")
{
	struct child forger, client;
	struct report *f, *r;
	struct msg m;
	int from;

	child_make(&forger);
	child_make(&client);
	f = forger.shared;
	r = client.shared;
	f->victim = client.pid;
	r->victim = thread_self();
	child_run(&forger, answers);
	child_run(&client, calls);
	for (int n = 1; n <= 50; n++) {
		CHECK_OK(msg_recv(&m, PATIENT));
		CHECK_EQ(m.from, client.pid);
		CHECK_EQ(m.tag, n);
		from = m.from;
		thread_yield(); /* the forger's chance */
		m = (struct msg){.tag = n + 1000};
		CHECK_OK(msg_reply(from, &m));
		m = (struct msg){.tag = 1};
		CHECK_ERR(msg_reply(from, &m), ERR_PROC);
		CHECK_ERR(msg_reply(forger.pid, &m), ERR_PROC);
	}
	f->stop = 1;
	CHECK_EQ(child_join(&client), 0);
	CHECK(f->tries > 0);
	CHECK_EQ(f->wrong, 0);
	child_kill(&forger);
}
