/* SPDX-License-Identifier: ISC
 * vspace_swap: a frame mapped on both sides goes with the new root. */
#include "test.h"

TEST("a frame mapped in the old and in the new root is the child's after the swap")
{
	struct child c;
	struct mapping m;
	int l2, l1, page = mem_new(PAGE_SIZE);

	child_make(&c);
	l1 = l1_with_l2(&l2);
	CHECK_OK(frame_map(c.l2, page, CHILD_FREE_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_map(l2, page, 0, 0, 0, PAGE_RO));
	CHECK_EQ(vspace_swap(c.pid, l1), c.l1);
	CHECK_ERR(frame_cache(page, 0, 0, CACHE_CLEAN), ERR_FRAME);
	CHECK_EQ(vspace_resolve(l1, 0, &m), 0);
	CHECK_EQ(m.f_id, page);
}
