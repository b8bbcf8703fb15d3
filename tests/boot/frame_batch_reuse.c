/* SPDX-License-Identifier: ISC
 * Rule 6 within a batch: it unmaps a page and reuses its frame. */
#include "test.h"

TEST("a batch that unmaps a page, makes a table of it and maps others: the old address never shows the table")
{
	int f = mem_new(L2_SIZE), other = mem_new(PAGE_SIZE), root = CHECK_OK(vspace_root(0)), l2;
	volatile uint32_t *va = vm_map(f, 0, 0, RW);
	struct mapping m;

	CHECK(va);
	*va = 0xa5a5a5a5;
	CHECK_EQ(vspace_next(root, (uintptr_t)va & ~(uintptr_t)(L2_SPAN - 1), &m), 1);
	l2 = m.f_id;

	struct frame_op ops[] = {
		{CALL_frame_unmap, {(uintptr_t)l2, (uintptr_t)f, (uintptr_t)va % L2_SPAN, PAGE_SIZE}, 99},
		{CALL_frame_table, {(uintptr_t)f, FRAME_L2}, 99},
		{CALL_frame_map, {(uintptr_t)f, (uintptr_t)other, 0, 0, 0, PAGE_RW}, 99},
		{CALL_frame_map, {(uintptr_t)l2, (uintptr_t)other, (uintptr_t)va % L2_SPAN, 0, 0, PAGE_RW}, 99},
	};
	CHECK_EQ(frame_batch(ops, 4), 4);
	CHECK_EQ(*va, 0);
	*va = 3;
	CHECK_EQ(vspace_resolve(f, 0, &m), 0);
	CHECK_EQ(m.f_id, other);
}
