/* SPDX-License-Identifier: ISC
 * Grants to anyone and to a pid, seen by frame_give. */
#include "test.h"

struct report {
	int parent, f_id;
	int given, sent;
};

static void gives(void *shared)
{
	struct report *r = shared;

	r->sent = msg_notify(r->parent, 1);
	r->given = frame_give(r->f_id, r->parent);
	proc_exit(0);
}

static void expect(int pid_rights, int given)
{
	struct child c;
	struct report *r;
	int f = mem_new(PAGE_SIZE);

	child_make(&c);
	r = c.shared;
	*r = (struct report){.parent = thread_self(), .f_id = f};
	CHECK_OK(frame_give(f, c.pid));
	if (pid_rights)
		CHECK_OK(frame_allow(c.pid, pid_rights));
	child_run(&c, gives);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(r->sent, 0);
	CHECK_EQ(r->given, given);
}

TEST("a grant to a pid goes before one to anyone, whether it allows more or less")
{
	expect(0, ERR_RIGHT);
	expect(ALLOW_SEND | ALLOW_GIVE, 0);
	CHECK_OK(frame_allow(0, ALLOW_SEND | ALLOW_GIVE));
	expect(ALLOW_SEND, ERR_RIGHT);
	expect(ALLOW_SEND | ALLOW_GIVE, 0);
}
