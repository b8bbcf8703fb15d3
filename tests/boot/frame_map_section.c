/* SPDX-License-Identifier: ISC
 * frame_map of sections, used through a switch to the new vspace's neighbour: this process's own root. */
#include "test.h"

TEST("a section mapping shows its memory at once and goes at once")
{
	int f = mem_new(SECTION_SIZE), root = CHECK_OK(vspace_root(0));
	volatile uint32_t *va = vm_reserve(L2_SPAN, L2_SPAN);
	struct mapping m;

	CHECK(va);
	CHECK_ERR(frame_map(root, f, (uintptr_t)va + PAGE_SIZE, 0, 0, SECT_RW), ERR_ALIGN);
	CHECK_OK(frame_map(root, f, (uintptr_t)va, 0, 0, SECT_RW));
	va[0] = 1;
	va[SECTION_SIZE / 4 - 1] = 2;
	CHECK_EQ(vspace_resolve(root, (uintptr_t)va + 5 * PAGE_SIZE, &m), 0);
	CHECK_EQ(m.f_id, f);
	CHECK_EQ(m.flags & F_MAP_FORM, F_MAP_SECTION);
	CHECK_EQ(m.at, (uintptr_t)va);
	CHECK_OK(frame_unmap(root, f, (uintptr_t)va, SECTION_SIZE));
	CHECK(!probe_read(va));
	CHECK(probe_fault.kind & FAULT_NOMAP);
	CHECK_EQ(probe_fault.table, root);
}
