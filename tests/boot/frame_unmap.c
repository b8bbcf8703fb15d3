/* SPDX-License-Identifier: ISC
 * frame_unmap of pages. */
#include "test.h"

TEST("an unmapped page faults at once, and its neighbours stay")
{
	int f = mem_new(3 * PAGE_SIZE), root = CHECK_OK(vspace_root(0));
	volatile char *va = vm_map(f, 0, 0, RW);
	struct mapping m;

	CHECK(va);
	va[PAGE_SIZE] = 1;
	CHECK_EQ(vspace_next(root, (uintptr_t)va & ~(uintptr_t)(L2_SPAN - 1), &m), 1);
	CHECK_OK(frame_unmap(m.f_id, f, ((uintptr_t)va & (L2_SPAN - 1)) + PAGE_SIZE, PAGE_SIZE));
	CHECK(!probe_read(va + PAGE_SIZE));
	CHECK_EQ(probe_fault.address, (uintptr_t)va + PAGE_SIZE);
	CHECK(probe_fault.kind & FAULT_READ);
	CHECK(probe_fault.kind & FAULT_NOMAP);
	CHECK_EQ(probe_fault.table, m.f_id);
	CHECK(!probe_write(va + PAGE_SIZE));
	CHECK(probe_read(va) && probe_read(va + 2 * PAGE_SIZE));
}
