/* SPDX-License-Identifier: ISC
 * frame_give to a process that allows nothing, and then does. */
#include "test.h"

struct report {
	int parent, f_id, without, with, after;
};

static void giver(void *shared)
{
	struct report *r = shared;
	struct msg m = {.tag = 1};

	r->without = frame_give(r->f_id, r->parent);
	msg_call(r->parent, &m, -1);
	r->with = frame_give(r->f_id, r->parent);
	msg_call(r->parent, &m, -1);
	r->after = frame_give(r->f_id, r->parent);
	proc_exit(0);
}

TEST("a child may give to its parent only while the parent allows it, and what was given stays given")
{
	struct child c;
	struct report *r;
	struct msg m;
	int f = mem_new(PAGE_SIZE), other = mem_new(PAGE_SIZE);

	child_make(&c);
	r = c.shared;
	CHECK_OK(frame_give(f, c.pid));
	CHECK_OK(frame_give(other, c.pid));
	*r = (struct report){.parent = thread_self(), .f_id = f};
	child_run(&c, giver);
	child_message(&c, &m, 1);
	CHECK_ERR(r->without, ERR_RIGHT);
	CHECK_OK(frame_allow(c.pid, ALLOW_GIVE | ALLOW_SEND));
	CHECK_OK(msg_reply(c.pid, &m));
	child_message(&c, &m, 1);
	CHECK_EQ(r->with, 0);
	CHECK_EQ(frame_give(f, 0), 0);
	CHECK_OK(frame_allow(c.pid, ALLOW_SEND));
	r->f_id = other;
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_ERR(r->after, ERR_RIGHT);
}
