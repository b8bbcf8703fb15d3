/* SPDX-License-Identifier: ISC
 * Ports are first come, first served. */
#include "test.h"

static void says(void *shared)
{
	int *me = shared;
	struct msg m = {.tag = 1, .word = {(uint32_t)me[1]}};

	msg_call(me[0], &m, -1);
	proc_exit(me[1]);
}

TEST("messages of four senders arrive in the order in which they were sent")
{
	struct child c[4];
	struct msg m;

	for (int n = 0; n < 4; n++) {
		child_make(&c[n]);
		((int *)c[n].shared)[0] = thread_self();
		((int *)c[n].shared)[1] = n;
		child_run(&c[n], says);
		thread_park(SHORT);
	}
	for (int n = 0; n < 4; n++) {
		child_message(&c[n], &m, 1);
		CHECK_EQ(m.word[0], n);
		CHECK_OK(msg_reply(m.from, &m));
		CHECK_EQ(child_join(&c[n]), n);
	}
}
