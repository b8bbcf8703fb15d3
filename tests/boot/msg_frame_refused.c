/* SPDX-License-Identifier: ISC
 * Frames that cannot go with a message. */
#include "test.h"

static void sends(void *shared)
{
	int *out = shared;
	struct msg m = {.tag = 1, .frame = out[1]};

	out[2] = msg_call(out[0], &m, MS(200));
	out[3] = m.frame;
	out[4] = frame_cache(out[1], 0, 0, CACHE_CLEAN);
	proc_exit(0);
}

TEST("a frame goes only to who allows giving, and only memory, devices, records and empty tables go; else nothing "
     "moves")
{
	struct child c, d;
	struct msg m = {.tag = 1};
	int l2, l1 = l1_with_l2(&l2), f = mem_new(PAGE_SIZE), *out;

	child_make(&c);
	m.frame = l2;
	CHECK_ERR(msg_call(c.pid, &m, 0), ERR_BUSY);
	m.frame = l1;
	CHECK_ERR(msg_call(c.pid, &m, 0), ERR_BUSY);
	m.frame = NO_ID;
	CHECK_ERR(msg_send(c.pid, &m, 0), ERR_FRAME);
	child_make(&d);
	out = d.shared;
	out[0] = thread_self();
	out[1] = f;
	CHECK_OK(frame_give(f, d.pid));
	child_run(&d, sends);
	CHECK_OK(proc_wait(d.pid, PATIENT, NULL));
	CHECK_ERR(out[2], ERR_RIGHT);
	CHECK_EQ(out[3], f);
	CHECK_EQ(out[4], 0);
}
