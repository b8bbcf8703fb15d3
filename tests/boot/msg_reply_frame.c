/* SPDX-License-Identifier: ISC
 * msg_reply with frames that cannot go. */
#include "test.h"

static void asks(void *shared)
{
	int *out = shared;
	struct msg m = {.tag = 1};

	out[1] = msg_call(out[0], &m, -1);
	out[2] = m.frame;
	proc_exit(0);
}

static void waits(void *arg)
{
	(void)arg;
	thread_park(-1);
}

TEST("an answer with a frame that cannot go is refused and the caller waits on; then it gets a good one")
{
	struct child c;
	struct msg m, answer = {.tag = 0};
	int l2, l1 = l1_with_l2(&l2), proc = mem_new(PROC_SIZE), thread = mem_new(THREAD_SIZE), f = mem_new(PAGE_SIZE);
	int *out;

	CHECK_OK(proc_new(proc));
	CHECK_OK(thread_new(0, thread, (uintptr_t)waits, 0, 0));
	child_make(&c);
	out = c.shared;
	out[0] = thread_self();
	child_run(&c, asks);
	child_message(&c, &m, 1);
	answer.frame = l2;
	CHECK_ERR(msg_reply(c.pid, &answer), ERR_BUSY);
	answer.frame = l1;
	CHECK_ERR(msg_reply(c.pid, &answer), ERR_BUSY);
	answer.frame = thread;
	CHECK_ERR(msg_reply(c.pid, &answer), ERR_KIND);
	answer.frame = f;
	CHECK_OK(msg_reply(c.pid, &answer));
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(out[1], 0);
	CHECK_EQ(out[2], f);
	CHECK_ERR(frame_cache(f, 0, 0, CACHE_CLEAN), ERR_FRAME);
}
