/* SPDX-License-Identifier: ISC
 * A call is answered only by the process that it was made to. */
#include "test.h"

static void asks(void *shared)
{
	int *out = shared;
	struct msg m = {.tag = 1};

	out[1] = msg_call(out[0], &m, -1);
	out[2] = m.tag;
	proc_exit(0);
}

static void meddles(void *shared)
{
	int *out = shared;
	struct msg m = {.tag = 99};

	out[1] = msg_reply(out[0], &m);
	proc_exit(0);
}

TEST("another process, though it knows the caller's id, cannot answer its call")
{
	struct child caller, other;
	struct msg m;

	child_make(&caller);
	((int *)caller.shared)[0] = thread_self();
	child_run(&caller, asks);
	child_message(&caller, &m, 1);
	child_make(&other);
	((int *)other.shared)[0] = caller.pid;
	child_run(&other, meddles);
	CHECK_OK(proc_wait(other.pid, PATIENT, NULL));
	CHECK_ERR(((int *)other.shared)[1], ERR_PROC);
	m.tag = 5;
	CHECK_OK(msg_reply(caller.pid, &m));
	CHECK_OK(proc_wait(caller.pid, PATIENT, NULL));
	CHECK_EQ(((int *)caller.shared)[2], 5);
}
