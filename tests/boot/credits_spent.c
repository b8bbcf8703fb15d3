/* SPDX-License-Identifier: ISC
 * A RECORDS frame whose credits are spent.
 * Refusals: frame_give:RECORDS frame_table:RECORDS */
#include "test.h"

struct report {
	int records, back, give, parent, unmap, l2, f_id;
};

static void spender(void *shared)
{
	struct report *r = shared;
	uintptr_t at = CHILD_FREE_VA;

	while (frame_map(r->l2, r->f_id, at, 0, 0, PAGE_RO) == 0)
		at += PAGE_SIZE;
	r->back = frame_table(r->records, FRAME_MEM);
	r->give = frame_give(r->records, r->parent);
	r->unmap = frame_unmap(0, r->f_id, 0, 0);
	proc_exit(frame_table(r->records, FRAME_MEM));
}

TEST("while its credits are spent a RECORDS frame is neither given nor taken back; unmapping needs none")
{
	struct child c;
	struct report *r;
	int status;

	child_make(&c);
	r = c.shared;
	r->records = mem_new(PAGE_SIZE);
	CHECK_OK(frame_donate(r->records));
	CHECK_OK(frame_give(r->records, c.pid));
	r->f_id = mem_new(PAGE_SIZE);
	CHECK_OK(frame_give(r->f_id, c.pid));
	r->l2 = c.l2;
	r->parent = thread_self();
	CHECK_OK(frame_allow(c.pid, ALLOW_GIVE | ALLOW_SEND));
	child_run(&c, spender);
	CHECK_OK(proc_wait(c.pid, PATIENT, &status));
	CHECK_ERR(r->back, ERR_RECORDS);
	CHECK_ERR(r->give, ERR_RECORDS);
	CHECK_EQ(r->unmap, 0);
	CHECK(status == 0 || status == ERR_RECORDS || status == ERR_BUSY);
}
