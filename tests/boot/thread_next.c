/* SPDX-License-Identifier: ISC
 * thread_next. */
#include "test.h"

static void waits(void *arg)
{
	(void)arg;
	thread_park(-1);
}

TEST("thread_next names each thread of mine or a child's once")
{
	struct child c;
	int tid = CHECK_OK(thread_start(waits, NULL, 4 * PAGE_SIZE)), n = 0, seen = 0;

	for (int t = CHECK_OK(thread_next(0, 0)); t; t = CHECK_OK(thread_next(0, t))) {
		seen |= t == tid ? 1 : t == thread_self() ? 2 : 0;
		n++;
	}
	CHECK_EQ(n, 2);
	CHECK_EQ(seen, 3);
	child_make(&c);
	CHECK_EQ(thread_next(c.pid, 0), c.pid);
	CHECK_EQ(thread_next(c.pid, c.pid), 0);
	CHECK_ERR(thread_next(NO_ID, 0), ERR_PROC);
	CHECK_ERR(thread_next(0, NO_ID), ERR_PROC);
	CHECK_ERR(thread_next(name_lookup("files"), 0), ERR_PROC);
	CHECK_OK(thread_unpark(tid));
	CHECK_OK(thread_join(tid));
}
