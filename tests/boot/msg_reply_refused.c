/* SPDX-License-Identifier: ISC
 * msg_reply: who may be answered. */
#include "test.h"

static void asks(void *shared)
{
	struct msg m = {.tag = 1};
	int *out = shared;

	out[1] = msg_call(out[0], &m, -1);
	out[2] = m.tag;
	proc_exit(0);
}

TEST("a call is answered once; nobody who waits for no answer of mine can be answered")
{
	struct child c;
	struct msg m, answer = {.tag = 6};
	int *out;

	CHECK_ERR(msg_reply(NO_ID, &answer), ERR_PROC);
	CHECK_ERR(msg_reply(0, &answer), ERR_PROC);
	CHECK_ERR(msg_reply(name_lookup("files"), &answer), ERR_PROC);
	child_make(&c);
	out = c.shared;
	out[0] = thread_self();
	child_run(&c, asks);
	child_message(&c, &m, 1);
	answer.frame = NO_ID;
	CHECK_ERR(msg_reply(c.pid, &answer), ERR_FRAME);
	answer.frame = 0;
	CHECK_OK(msg_reply(c.pid, &answer));
	CHECK_ERR(msg_reply(c.pid, &answer), ERR_PROC);
	CHECK_ERR(msg_reply_recv(c.pid, &answer, 0), ERR_PROC);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(out[1], 0);
	CHECK_EQ(out[2], 6);
}
