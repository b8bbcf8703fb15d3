/* SPDX-License-Identifier: ISC
 * ALLOW_MAP: what a mapper may do in another's table, and what not. */
#include "test.h"

struct report {
	int parent, l2; /* the parent and its table */
	int f_id;       /* the child's frame */
	int without, with, in_use, replace, unmap_other, unmap_own, protect_own;
};

static void mapper(void *shared)
{
	struct report *r = shared;
	struct msg m = {.tag = 1};

	r->without = frame_map(r->l2, r->f_id, 0, 0, 0, PAGE_RW);
	msg_call(r->parent, &m, -1);
	r->with = frame_map(r->l2, r->f_id, 0, 0, 0, PAGE_RW);
	r->in_use = frame_map(r->l2, r->f_id, PAGE_SIZE, 0, 0, PAGE_RW);
	r->replace = frame_map(r->l2, r->f_id, PAGE_SIZE, 0, 0, PAGE_RW | F_MAP_REPLACE);
	r->unmap_other = frame_unmap(r->l2, 0, PAGE_SIZE, PAGE_SIZE);
	r->protect_own = frame_protect(r->l2, r->f_id, 0, PAGE_SIZE, F_MAP_READ);
	msg_call(r->parent, &m, -1);
	r->unmap_own = frame_unmap(r->l2, r->f_id, 0, PAGE_SIZE);
	proc_exit(0);
}

TEST("one who is allowed maps its own frames where nothing lies, changes and unmaps those, and nothing else")
{
	struct child c;
	struct report *r;
	struct msg m;
	struct mapping at;
	int f = mem_new(PAGE_SIZE), mine = mem_new(PAGE_SIZE), l2 = l2_new();

	child_make(&c);
	child_credits(&c);
	r = c.shared;
	CHECK_OK(frame_map(l2, mine, PAGE_SIZE, 0, 0, PAGE_RO));
	CHECK_OK(frame_give(f, c.pid));
	*r = (struct report){.parent = thread_self(), .l2 = l2, .f_id = f};
	child_run(&c, mapper);
	child_message(&c, &m, 1);
	CHECK_ERR(r->without, ERR_FRAME);
	CHECK_OK(frame_allow(c.pid, ALLOW_MAP | ALLOW_SEND));
	CHECK_OK(msg_reply(c.pid, &m));
	child_message(&c, &m, 1);
	CHECK_EQ(r->with, 0);
	CHECK_ERR(r->in_use, ERR_EXISTS);
	CHECK_ERR(r->replace, ERR_RIGHT);
	CHECK(r->unmap_other < 0);
	CHECK_EQ(r->protect_own, 0);
	CHECK_EQ(vspace_resolve(l2, 0, &at), 0);
	CHECK_EQ(at.f_id, f);
	CHECK_EQ(at.flags & F_MAP_RIGHTS, F_MAP_READ);
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(r->unmap_own, 0);
	CHECK_ERR(vspace_resolve(l2, 0, &at), ERR_NOMAP);
	CHECK_EQ(vspace_resolve(l2, PAGE_SIZE, &at), 0);
}
