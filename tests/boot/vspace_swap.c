/* SPDX-License-Identifier: ISC
 * vspace_swap under a child: what changes owner. */
#include "test.h"

TEST("a swap hands the new tree to the child and the old one to me; KEEP mappings stay mine")
{
	struct child c;
	struct frame f;
	struct mapping m;
	int l2, l1, page = mem_new(PAGE_SIZE), kept = mem_new(PAGE_SIZE), n;

	child_make(&c);
	CHECK_ERR(frame_cache(c.stack_f, 0, 0, CACHE_CLEAN), ERR_FRAME);
	CHECK_OK(frame_cache(c.shared_f, 0, 0, CACHE_CLEAN));
	l1 = l1_with_l2(&l2);
	CHECK_OK(frame_map(l2, page, 0, 0, 0, PAGE_RW));
	CHECK_OK(frame_map(l2, kept, PAGE_SIZE, 0, 0, PAGE_RW | F_MAP_KEEP));
	n = CHECK_OK(frame_count(c.pid));
	CHECK_EQ(vspace_swap(c.pid, l1), c.l1);
	CHECK_EQ(frame_count(c.pid), n);
	CHECK_EQ(vspace_root(c.pid), l1);
	CHECK_ERR(frame_cache(page, 0, 0, CACHE_CLEAN), ERR_FRAME);
	CHECK_OK(frame_info(page, &f));
	CHECK_EQ(f.maps, 1);
	CHECK_OK(frame_cache(kept, 0, 0, CACHE_CLEAN));
	CHECK_EQ(vspace_resolve(l1, PAGE_SIZE, &m), 0);
	CHECK_OK(frame_cache(c.stack_f, 0, 0, CACHE_CLEAN));
	CHECK_EQ(vspace_resolve(c.l1, CHILD_STACK_VA, &m), 0);
	CHECK_EQ(vspace_swap(c.pid, 0), l1);
	CHECK_EQ(vspace_root(c.pid), 0);
	CHECK_OK(frame_cache(page, 0, 0, CACHE_CLEAN));
	CHECK_EQ(frame_count(c.pid), 0);
	CHECK_EQ(vspace_swap(c.pid, 0), 0);
}
