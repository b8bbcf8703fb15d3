/* SPDX-License-Identifier: ISC
 * Several threads receive at one port. */
#include "test.h"

static volatile uint32_t served[3];

static void serve(void *arg)
{
	struct msg m;
	int err = msg_recv(&m, -1);

	while (!err && m.tag != 2) {
		served[(uintptr_t)arg]++;
		thread_park(MS(2));
		err = msg_reply_recv(m.from, &m, -1);
	}
	msg_reply(m.from, &m);
}

static void asks(void *shared)
{
	int *parent = shared;
	struct msg m;

	for (int n = 0; n < 20; n++) {
		m = (struct msg){.tag = 1};
		if (msg_call(*parent, &m, -1))
			proc_exit(1);
	}
	m = (struct msg){.tag = 2};
	msg_call(*parent, &m, -1);
	thread_park(-1); /* its end would be a message to the servers too */
}

TEST("calls of several processes are spread over the threads that receive, each answered by the one that got it")
{
	struct child c[3];
	int tid[3];

	for (uintptr_t n = 0; n < 3; n++)
		tid[n] = CHECK_OK(thread_start(serve, (void *)n, 4 * PAGE_SIZE));
	for (int n = 0; n < 3; n++) {
		child_make(&c[n]);
		*(int *)c[n].shared = thread_self();
		child_run(&c[n], asks);
	}
	for (int n = 0; n < 3; n++)
		CHECK_OK(thread_join(tid[n]));
	CHECK_EQ(served[0] + served[1] + served[2], 60);
	for (int n = 0; n < 3; n++) {
		CHECK_OK(proc_end(c[n].pid, 0));
		CHECK_EQ(child_join(&c[n]), 0);
	}
}
