/* SPDX-License-Identifier: ISC
 * A receiver that ends in the middle of a call. */
#include "test.h"

static void dies(void *shared)
{
	struct msg m;

	(void)shared;
	msg_recv(&m, -1);
	proc_exit(0);
}

TEST("a process that ends while it holds a call answers it with DEAD, also to one that still queued")
{
	struct child c, d;
	struct msg m = {.tag = 1, .word = {1}};

	child_start(&c, dies);
	CHECK_ERR(msg_call(c.pid, &m, PATIENT), ERR_DEAD);
	CHECK_EQ(m.word[0], 1);
	child_make(&d);
	CHECK_EQ(child_join(&c), 0);
}
