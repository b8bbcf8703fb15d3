/* SPDX-License-Identifier: ISC
 * proc_new to proc_reap. */
#include "test.h"

static void ends(void *shared)
{
	*(volatile int *)shared = thread_self();
	proc_exit(42);
}

TEST("a process is a frame, runs, ends with its status, and is memory again; the totals are what they were")
{
	struct child c;
	struct proc_info info;
	struct msg m;
	int credits, owned;

	child_start(&c, ends);
	child_join(&c);
	page_credits(256);
	credits = credits_free();
	owned = frames_owned();
	child_make(&c);
	CHECK_EQ(frame_kind(c.proc), FRAME_PROC);
	CHECK_OK(proc_info(c.pid, &info));
	CHECK_EQ(info.pid, c.pid);
	CHECK_EQ(info.parent, thread_self());
	CHECK_EQ(info.state, PROC_STOPPED);
	CHECK_EQ(info.root, c.l1);
	CHECK_EQ(info.threads, 1);
	child_run(&c, ends);
	child_message(&c, &m, MSG_DIED);
	CHECK_EQ(m.word[0], 42);
	CHECK_OK(proc_info(c.pid, &info));
	CHECK_EQ(info.state, PROC_ENDED);
	CHECK_EQ(info.status, 42);
	CHECK_EQ(*(int *)c.shared, c.pid);
	CHECK_EQ(child_join(&c), 42);
	/* The pool may have joined frames meanwhile, which gives their records back. */
	CHECK_EQ(credits_free() + frames_owned(), credits + owned);
	CHECK_ERR(proc_info(c.pid, &info), ERR_PROC);
}
