/* SPDX-License-Identifier: ISC
 * A batch whose array a pager must bring, page by page. */
#include "test.h"

#define N 200 /* 32 bytes each: two pages */

struct report {
	int l2, f_id, done, bad;
};

static void batches(void *shared)
{
	struct report *r = shared;
	struct frame_op *ops = (struct frame_op *)CHILD_FREE_VA;

	r->done = frame_batch(ops, N);
	for (int n = 0; n < N; n++)
		r->bad += ops[n].result != 0;
	proc_exit(0);
}

TEST("a batch that faults on its array goes on where it was: each operation is done once")
{
	struct child c;
	struct report *r;
	struct msg m;
	int array = mem_new(2 * PAGE_SIZE), f = mem_new(PAGE_SIZE), l2 = l2_new();
	struct frame_op *ops = vm_map(array, 0, 0, RW);

	CHECK(ops);
	child_make(&c);
	for (int n = 0; n < 4; n++)
		child_credits(&c);
	r = c.shared;
	CHECK_OK(frame_give(f, c.pid));
	CHECK_OK(frame_give(l2, c.pid));
	for (uintptr_t n = 0; n < N; n++)
		ops[n] = (struct frame_op){
			CALL_frame_map, {(uintptr_t)l2, (uintptr_t)f, n * PAGE_SIZE, 0, 0, PAGE_RO}, 99};
	child_run(&c, batches);
	for (uintptr_t page = 0; page < 2; page++) {
		child_message(&c, &m, MSG_FAULT);
		CHECK_EQ(m.word[0] / PAGE_SIZE, CHILD_FREE_VA / PAGE_SIZE + page);
		CHECK_OK(
			frame_map(c.l2, array, CHILD_FREE_VA + page * PAGE_SIZE, page * PAGE_SIZE, PAGE_SIZE, PAGE_RW));
		m.tag = 0;
		CHECK_OK(msg_reply(c.pid, &m));
	}
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(r->done, N);
	CHECK_EQ(r->bad, 0);
	CHECK_EQ(frame_mappings(f), N);
}
