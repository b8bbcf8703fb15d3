/* SPDX-License-Identifier: ISC
 * frame_unmap by either side of a mapping (rule 2). */
#include "test.h"

struct report {
	int l2, f_id, mine, theirs;
};

static void unmaps(void *shared)
{
	struct report *r = shared;

	r->theirs = frame_unmap(r->l2, r->f_id, CHILD_FREE_VA, PAGE_SIZE);
	r->mine = frame_unmap(r->l2, 0, CHILD_FREE_VA + PAGE_SIZE, PAGE_SIZE);
	proc_exit(0);
}

TEST("the table's owner takes a foreign frame out by its id or without; the frame's owner out of a foreign table")
{
	struct child c;
	struct report *r;
	struct mapping m;
	int f = mem_new(PAGE_SIZE);

	child_make(&c);
	for (uintptr_t n = 0; n < 3; n++)
		CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA + n * PAGE_SIZE, 0, 0, PAGE_RW));
	r = c.shared;
	*r = (struct report){.l2 = c.l2, .f_id = f};
	child_run(&c, unmaps);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(r->theirs, 0);
	CHECK_EQ(r->mine, 0);
	CHECK_EQ(frame_mappings(f), 1);
	CHECK_OK(frame_unmap(c.l2, f, CHILD_FREE_VA + 2 * PAGE_SIZE, PAGE_SIZE));
	CHECK_ERR(vspace_resolve(c.l2, CHILD_FREE_VA + 2 * PAGE_SIZE, &m), ERR_NOMAP);
}
