/* SPDX-License-Identifier: ISC
 * frame_give: mappings that do not survive it. */
#include "test.h"

TEST("a frame mapped in three vspaces is, once given, mapped in the receiver's tables only")
{
	struct child a, b;
	struct mapping m = {0};
	int f = mem_new(PAGE_SIZE);
	char *va = vm_map(f, 0, 0, RW);

	CHECK(va);
	child_make(&a);
	child_make(&b);
	CHECK_OK(frame_map(a.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_map(b.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_map(a.l2, f, CHILD_FREE_VA + PAGE_SIZE, 0, 0, PAGE_RO));
	CHECK(probe_write(va));
	CHECK_OK(frame_give(f, a.pid));
	CHECK(!probe_read(va));
	CHECK_EQ(frame_mappings(f), 2);
	while (CHECK_OK(frame_maps(f, &m)))
		CHECK_EQ(m.t_id, a.l2);
	CHECK_ERR(vspace_resolve(b.l2, CHILD_FREE_VA, &m), ERR_NOMAP);
	CHECK_EQ(vspace_resolve(a.l2, CHILD_FREE_VA, &m), 0);
}
