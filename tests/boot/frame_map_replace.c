/* SPDX-License-Identifier: ISC
 * F_MAP_REPLACE: what lay in the range goes. What another thread sees meanwhile is shown by litmus tests. */
#include "test.h"

TEST("REPLACE takes out what lay in the range and only that, and the new mapping is seen at once")
{
	int root = CHECK_OK(vspace_root(0)), a = mem_new(4 * PAGE_SIZE), b = mem_new(2 * PAGE_SIZE);
	volatile uint32_t *va = vm_map(a, 0, 0, RW), *vb = vm_map(b, 0, 0, RW);
	struct mapping m;
	int l2;

	CHECK(va && vb);
	for (size_t n = 0; n < 4; n++)
		va[n * PAGE_SIZE / 4] = 100 + (uint32_t)n;
	vb[0] = 200;
	vb[PAGE_SIZE / 4] = 201;
	CHECK_EQ(vspace_next(root, (uintptr_t)va & ~(uintptr_t)(L2_SPAN - 1), &m), 1);
	l2 = m.f_id;
	CHECK_OK(frame_map(l2, b, ((uintptr_t)va & (L2_SPAN - 1)) + PAGE_SIZE, 0, 0, PAGE_RW | F_MAP_REPLACE));
	CHECK_EQ(va[0], 100);
	CHECK_EQ(va[PAGE_SIZE / 4], 200);
	CHECK_EQ(va[2 * PAGE_SIZE / 4], 201);
	CHECK_EQ(va[3 * PAGE_SIZE / 4], 103);
	CHECK_EQ(frame_mappings(b), 2);
}
