/* SPDX-License-Identifier: ISC
 * frame_give of a PROC frame: the child changes parents. */
#include "test.h"

struct report {
	int child, info, stop, wait;
};

static void sleeper(void *shared)
{
	(void)shared;
	thread_park(-1);
	proc_exit(3);
}

static void step_parent(void *shared)
{
	volatile struct report *r = shared;
	int status = 0;

	while (!r->child)
		thread_park(MS(1));
	r->info = proc_stop(r->child);
	r->stop = proc_resume(r->child);
	r->wait = proc_end(r->child, 9);
	proc_wait(r->child, -1, &status);
	proc_exit(status);
}

TEST("a PROC frame given to another child of mine, which allows it, makes that one the parent")
{
	struct child a, b;
	struct report *r;
	int proc;

	child_start(&a, sleeper);
	child_start(&b, step_parent);
	r = b.shared;
	proc = a.pid;
	CHECK_OK(frame_give(a.proc, b.pid));
	CHECK_ERR(proc_stop(proc), ERR_PROC);
	r->child = proc;
	CHECK_OK(proc_wait(b.pid, PATIENT, &proc));
	CHECK_EQ(proc, 9);
	CHECK_EQ(r->info, 0);
	CHECK_EQ(r->stop, 0);
	CHECK_EQ(r->wait, 0);
}
