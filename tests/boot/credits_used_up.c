/* SPDX-License-Identifier: ISC
 * ERR_RECORDS at each place where a record is needed. A child with no credits makes the calls.
 * Refusals: frame_split:RECORDS frame_map:RECORDS frame_allow:RECORDS proc_watch:RECORDS */
#include "test.h"

struct report {
	int l2, f_id, mapped, peer;
	int split, split_mapped, map, allow, watch, batch;
	struct proc_info before, after;
	struct frame_op op;
};

static void pauper(void *shared)
{
	struct report *r = shared;

	proc_info(0, &r->before);
	r->split = frame_split(r->f_id, PAGE_SIZE);
	r->split_mapped = frame_split(r->mapped, PAGE_SIZE);
	r->map = frame_map(r->l2, r->f_id, CHILD_FREE_VA + 8 * PAGE_SIZE, 0, 0, PAGE_RO);
	r->allow = frame_allow(r->peer, ALLOW_SEND);
	r->watch = proc_watch(r->peer, 3);
	r->op = (struct frame_op){CALL_frame_split, {(uintptr_t)r->f_id, PAGE_SIZE}, 99};
	r->batch = frame_batch(&r->op, 1);
	proc_info(0, &r->after);
	proc_exit(0);
}

TEST("with no credit left every call that needs a record answers RECORDS and changes nothing")
{
	struct child c;
	struct report *r;
	struct frame f;

	child_make(&c);
	r = c.shared;
	r->f_id = mem_new(2 * PAGE_SIZE);
	r->mapped = mem_new(2 * PAGE_SIZE);
	r->l2 = c.l2;
	r->peer = CHECK_OK(name_lookup("files"));
	CHECK_OK(frame_give(r->f_id, c.pid));
	CHECK_OK(frame_map(c.l2, r->mapped, CHILD_FREE_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_give(r->mapped, c.pid));
	child_run(&c, pauper);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(r->before.credits, 0);
	CHECK_ERR(r->split, ERR_RECORDS);
	CHECK_ERR(r->split_mapped, ERR_RECORDS);
	CHECK_ERR(r->map, ERR_RECORDS);
	CHECK_ERR(r->allow, ERR_RECORDS);
	CHECK_ERR(r->watch, ERR_RECORDS);
	CHECK_EQ(r->batch, 0);
	CHECK_ERR(r->op.result, ERR_RECORDS);
	CHECK_EQ(r->after.credits, 0);
	CHECK_EQ(r->after.frames, r->before.frames);
	CHECK_OK(frame_info(r->mapped, &f));
	CHECK_EQ(f.len, 2 * PAGE_SIZE);
	CHECK_EQ(f.maps, 1);
}
