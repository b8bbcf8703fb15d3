/* SPDX-License-Identifier: ISC
 * frame_table clears what the memory held, in both directions. */
#include "test.h"

TEST("a new table is empty whatever the memory held, and memory that was a table is cleared")
{
	int f = mem_new(L2_SIZE), page = mem_new(PAGE_SIZE);
	uint32_t *va = vm_map(f, 0, 0, RW);
	struct mapping m;

	CHECK(va);
	for (size_t n = 0; n < L2_SIZE / 4; n++)
		va[n] = 0xffffffff;
	CHECK_OK(vm_unmap(va, PAGE_SIZE));
	CHECK_OK(frame_table(f, FRAME_L2));
	CHECK_EQ(vspace_next(f, 0, &m), 0);
	CHECK_OK(frame_map(f, page, 3 * PAGE_SIZE, 0, 0, PAGE_RO));
	CHECK_OK(frame_unmap(f, page, 3 * PAGE_SIZE, 0));
	CHECK_OK(frame_table(f, FRAME_MEM));
	va = vm_map(f, 0, 0, RW);
	CHECK(va);
	for (size_t n = 0; n < L2_SIZE / 4; n++)
		CHECK_EQ(va[n], 0);
}
