/* SPDX-License-Identifier: ISC
 * A child that may map, but not send.
 * Refusals: msg_call:RIGHT msg_send:RIGHT msg_notify:RIGHT */
#include "test.h"

static void sends(void *shared)
{
	int *out = shared;
	struct msg m = {.tag = 1};

	out[1] = msg_call(out[0], &m, MS(100));
	out[2] = msg_send(out[0], &m, MS(100));
	out[3] = msg_notify(out[0], 1);
	proc_exit(0);
}

TEST("who is not allowed to send gets RIGHT from call, send and notify")
{
	struct child c;
	int *out;

	child_make(&c);
	out = c.shared;
	out[0] = thread_self();
	CHECK_OK(frame_allow(c.pid, ALLOW_MAP));
	child_run(&c, sends);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_ERR(out[1], ERR_RIGHT);
	CHECK_ERR(out[2], ERR_RIGHT);
	CHECK_ERR(out[3], ERR_RIGHT);
}
