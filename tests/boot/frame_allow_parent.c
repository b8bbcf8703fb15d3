/* SPDX-License-Identifier: ISC
 * A child withdraws its parent's rights. */
#include "test.h"

static void withdraws(void *shared)
{
	int *out = shared;

	out[1] = frame_allow(out[0], ALLOW_SEND);
	out[2] = 1;
	thread_park(-1);
}

TEST("a child may withdraw what its parent may do to its memory; the parent still ends and inspects it")
{
	struct child c;
	volatile int *out;
	int f = mem_new(PAGE_SIZE);

	child_make(&c);
	out = c.shared;
	out[0] = thread_self();
	child_run(&c, withdraws);
	while (!out[2])
		thread_park(MS(1));
	CHECK_EQ(out[1], 0);
	CHECK_ERR(frame_give(f, c.pid), ERR_RIGHT);
	CHECK_ERR(frame_map(c.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RO), ERR_FRAME);
	CHECK_OK(frame_count(c.pid));
	CHECK_OK(proc_stop(c.pid));
	CHECK_OK(proc_end(c.pid, 0));
}
