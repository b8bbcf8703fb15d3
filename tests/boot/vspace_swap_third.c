/* SPDX-License-Identifier: ISC
 * vspace_swap: a third party's mapping stays only if the new owner allows it to map (rule 5). */
#include "test.h"

struct report {
	int l2, f_id, mapped;
};

static void maps(void *shared)
{
	struct report *r = shared;

	r->mapped = frame_map(r->l2, r->f_id, 0, 0, 0, PAGE_RW);
	thread_park(-1);
}

TEST("a stranger's mapping in a table is gone when the table goes to one who does not allow it to map")
{
	struct child third, c;
	volatile struct report *r;
	struct mapping m;
	int f = mem_new(PAGE_SIZE), l2, l1 = l1_with_l2(&l2);

	child_make(&third);
	child_credits(&third);
	CHECK_OK(frame_give(f, third.pid));
	r = third.shared;
	r->l2 = l2;
	r->f_id = f;
	r->mapped = 1;
	CHECK_OK(frame_allow(third.pid, ALLOW_MAP | ALLOW_SEND));
	child_run(&third, maps);
	while (r->mapped == 1)
		thread_park(MS(1));
	CHECK_EQ(r->mapped, 0);
	CHECK_EQ(vspace_resolve(l1, 0, &m), 0);
	child_make(&c);
	CHECK_EQ(vspace_swap(c.pid, l1), c.l1);
	CHECK_ERR(vspace_resolve(l1, 0, &m), ERR_NOMAP);
	CHECK_EQ(frame_mappings(f), 0);
	CHECK_OK(proc_end(third.pid, 0));
}
