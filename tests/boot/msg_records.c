/* SPDX-License-Identifier: ISC
 * A RECORDS frame in a message. */
#include "test.h"

static void takes(void *shared)
{
	struct msg m;
	struct proc_info *info = shared;

	msg_recv(&m, -1);
	proc_info(0, info);
	proc_exit(0);
}

TEST("a RECORDS frame that goes with a message takes its credits along")
{
	struct child c;
	struct msg m = {.tag = 1, .frame = mem_new(PAGE_SIZE)};
	int n = CHECK_OK(frame_donate(m.frame)), mine = credits_free();
	const struct proc_info *info;

	child_start(&c, takes);
	CHECK_OK(page_credits(n + 8));
	mine = credits_free();
	CHECK_OK(msg_send(c.pid, &m, PATIENT));
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	info = c.shared;
	CHECK(info->credits >= n - 1 && info->credits <= n);
	CHECK_EQ(mine - credits_free(), info->credits);
}
