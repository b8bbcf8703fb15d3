/* SPDX-License-Identifier: ISC
 * frame_allow: withdrawing is for what comes after. */
#include "test.h"

struct report {
	int parent, l2, f_id;
	int first, second, lower;
};

static void maps(void *shared)
{
	struct report *r = shared;
	struct msg m = {.tag = 1};

	r->first = frame_map(r->l2, r->f_id, 0, 0, 0, PAGE_RW);
	msg_call(r->parent, &m, -1);
	r->second = frame_map(r->l2, r->f_id, PAGE_SIZE, 0, 0, PAGE_RW);
	r->lower = frame_protect(r->l2, r->f_id, 0, PAGE_SIZE, F_MAP_READ);
	proc_exit(0);
}

TEST("a withdrawn right to map stops new mappings; those that stand stay, and their frame's owner still changes them")
{
	struct child c;
	struct report *r;
	struct msg m;
	struct mapping at;
	int f = mem_new(PAGE_SIZE);

	child_make(&c);
	child_credits(&c);
	r = c.shared;
	*r = (struct report){.parent = thread_self(), .l2 = l2_new(), .f_id = f};
	CHECK_OK(frame_give(f, c.pid));
	CHECK_OK(frame_allow(c.pid, ALLOW_MAP | ALLOW_SEND));
	child_run(&c, maps);
	child_message(&c, &m, 1);
	CHECK_EQ(r->first, 0);
	CHECK_OK(frame_allow(c.pid, ALLOW_SEND));
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_ERR(r->second, ERR_FRAME);
	CHECK_EQ(r->lower, 0);
	CHECK_EQ(vspace_resolve(r->l2, 0, &at), 0);
	CHECK_EQ(at.f_id, f);
}
