/* SPDX-License-Identifier: ISC
 * proc_reap: what a corpse owned. */
#include "test.h"

static void exits(void *shared)
{
	(void)shared;
	proc_exit(0);
}

TEST("reaping hands over every frame, the tables still standing, and the memory that the dead process wrote")
{
	struct child c;
	struct mapping m;
	int extra = mem_new(PAGE_SIZE), n, owned;
	const uint32_t *stack;

	child_make(&c);
	CHECK_OK(frame_give(extra, c.pid));
	child_credits(&c);
	child_run(&c, exits);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	n = CHECK_OK(frame_count(c.pid));
	CHECK_EQ(n, 5);
	owned = frames_owned();
	CHECK_OK(proc_reap(c.pid));
	CHECK_EQ(frames_owned(), owned + n);
	CHECK_EQ(vspace_resolve(c.l1, CHILD_STACK_VA, &m), 0);
	CHECK_EQ(m.f_id, c.stack_f);
	CHECK_EQ(frame_kind(c.l1), FRAME_L1);
	CHECK_EQ(frame_kind(c.proc), FRAME_MEM);
	stack = vm_map(c.proc, 0, 0, F_MAP_READ);
	CHECK(stack);
	for (size_t i = 0; i < PROC_SIZE / 4; i++)
		CHECK_EQ(stack[i], 0);
	CHECK_OK(frame_split(mem_new(2 * PAGE_SIZE), PAGE_SIZE));
	CHECK_OK(page_free(extra));
}
