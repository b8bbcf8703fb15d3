/* SPDX-License-Identifier: ISC
 * Who may lower and who may raise. */
#include "test.h"

struct report {
	int l2, f_id;
	int lower, raise, unmap;
};

static void guest(void *shared)
{
	struct report *r = shared;

	r->lower = frame_protect(r->l2, r->f_id, CHILD_FREE_VA, PAGE_SIZE, F_MAP_READ);
	r->raise = frame_protect(r->l2, r->f_id, CHILD_FREE_VA, PAGE_SIZE, RW);
	proc_exit(0);
}

TEST("the table's owner may lower the rights of a foreign frame's mapping, but only the frame's owner may raise them")
{
	struct child c;
	struct report *r;
	struct mapping m;
	int f = mem_new(PAGE_SIZE);

	child_make(&c);
	r = c.shared;
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RW));
	r->l2 = c.l2;
	r->f_id = f;
	child_run(&c, guest);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(r->lower, 0);
	CHECK_EQ(r->raise, ERR_RIGHT);
	CHECK_EQ(vspace_resolve(c.l2, CHILD_FREE_VA, &m), 0);
	CHECK_EQ(m.flags & F_MAP_RIGHTS, F_MAP_READ);
	CHECK_OK(frame_protect(c.l2, f, CHILD_FREE_VA, PAGE_SIZE, RW));
}
