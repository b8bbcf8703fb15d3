/* SPDX-License-Identifier: ISC
 * Rule 6 at each level: page, section, and a whole L2 taken out of a vspace in use. */
#include "test.h"

TEST("an L2 taken out of my vspace takes its pages out of sight at once, and puts them back whole")
{
	int root = CHECK_OK(vspace_root(0)), l2 = l2_new(), f = mem_new(PAGE_SIZE);
	char *va = vm_reserve(L2_SPAN, L2_SPAN);

	CHECK(va);
	CHECK_OK(frame_map(l2, f, 7 * PAGE_SIZE, 0, 0, PAGE_RW));
	CHECK(!probe_read(va + 7 * PAGE_SIZE));
	CHECK_EQ(probe_fault.table, root);
	CHECK_OK(frame_map(root, l2, (uintptr_t)va, 0, 0, F_MAP_TABLE));
	CHECK(probe_write(va + 7 * PAGE_SIZE));
	va[7 * PAGE_SIZE] = 42;
	CHECK_OK(frame_unmap(root, l2, (uintptr_t)va, 0));
	CHECK(!probe_read(va + 7 * PAGE_SIZE));
	CHECK_OK(frame_map(root, l2, (uintptr_t)va, 0, 0, F_MAP_TABLE));
	CHECK(probe_read(va + 7 * PAGE_SIZE));
	CHECK_EQ(va[7 * PAGE_SIZE], 42);
	CHECK_OK(frame_unmap(l2, f, 7 * PAGE_SIZE, PAGE_SIZE));
	CHECK(!probe_read(va + 7 * PAGE_SIZE));
	CHECK_EQ(probe_fault.table, l2);
}
