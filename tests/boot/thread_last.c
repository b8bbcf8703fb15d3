/* SPDX-License-Identifier: ISC
 * The last thread's end. */
#include "test.h"

static void ends(void *shared)
{
	(void)shared;
	thread_exit();
}

TEST("when a process's last thread ends the process ends with status 0")
{
	struct child c;

	child_start(&c, ends);
	CHECK_EQ(child_join(&c), 0);
}
