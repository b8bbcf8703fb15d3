/* SPDX-License-Identifier: ISC
 * proc_watch of a process that is not mine but allows me something. */
#include "test.h"

static int role_waits(int parent)
{
	struct msg m;

	(void)parent;
	frame_allow(0, ALLOW_SEND);
	name_register("watched");
	msg_recv(&m, -1);
	return 0;
}

static int role_starts(int parent)
{
	int pid = role_spawn("waits");

	(void)parent;
	return role_wait(pid);
}

const struct test_role test_roles[] = {{"waits", role_waits}, {"starts", role_starts}, {NULL, NULL}};

TEST("a stranger that lets me send may be watched, and its end is notified")
{
	struct msg m = {.tag = 1};
	int other = role_spawn("starts"), pid;

	while ((pid = name_lookup("watched")) < 0)
		thread_park(MS(2));
	CHECK_OK(proc_watch(pid, 4));
	CHECK_ERR(proc_stop(pid), ERR_PROC);
	CHECK_ERR(frame_count(pid), ERR_PROC);
	CHECK_OK(msg_send(pid, &m, PATIENT));
	do
		CHECK_OK(msg_recv(&m, PATIENT));
	while (m.tag != MSG_NOTIFY);
	CHECK_EQ(m.word[0], 1u << 4);
	CHECK_EQ(role_wait(other), 0);
}
