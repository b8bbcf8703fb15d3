/* SPDX-License-Identifier: ISC
 * Messages to and from a process that is being ended, again and again. */
#include "test.h"

static void echoes(void *shared)
{
	struct msg m;

	(void)shared;
	msg_recv(&m, -1);
	while (msg_reply_recv(m.from, &m, -1) == 0)
		continue;
	proc_exit(0);
}

static volatile int victim;

static void ends_it(void *arg)
{
	thread_park((int64_t)(uintptr_t)arg);
	proc_end(victim, 0);
}

TEST("calls to a process that is ended at any moment are answered or answer DEAD, and nobody hangs")
{
	for (uintptr_t n = 0; n < 10; n++) {
		struct child c;
		struct msg m;
		int tid, err = 0;

		child_start(&c, echoes);
		victim = c.pid;
		tid = CHECK_OK(thread_start(ends_it, (void *)(200000 + n * 77000), 4 * PAGE_SIZE));
		while (!err) {
			m = (struct msg){.tag = 1};
			err = msg_call(c.pid, &m, PATIENT);
		}
		CHECK_ERR(err, ERR_DEAD);
		CHECK_OK(thread_join(tid));
		child_join(&c);
	}
}
