/* SPDX-License-Identifier: ISC
 * Rule 3 from each side: a table mapped read-only, then asked for writable. */
#include "test.h"

TEST("a table can be read by its owner but never written: directly, by protect, or through another vspace")
{
	int l2, l1 = l1_with_l2(&l2), mine = l2_new(), page = mem_new(PAGE_SIZE);
	uint32_t *va = vm_map(l2, 0, 0, F_MAP_READ);

	CHECK(va);
	CHECK_EQ(va[5], 0);
	CHECK_OK(frame_map(l2, page, 5 * PAGE_SIZE, 0, 0, PAGE_RW));
	CHECK(va[5]);
	CHECK(va[L2_SIZE / 8 + 5]);
	CHECK(!probe_write(va));
	CHECK(probe_fault.kind & FAULT_RIGHT);
	CHECK_ERR(vm_protect(va, PAGE_SIZE, RW), ERR_RIGHT);
	CHECK_ERR(frame_map(mine, l2, 0, 0, 0, PAGE_RW), ERR_RIGHT);
	CHECK_ERR(frame_map(mine, l2, 0, 0, 0, PAGE_RO | F_MAP_EXEC), ERR_RIGHT);
	CHECK_ERR(frame_map(mine, l1, 0, 0, 0, PAGE_RW), ERR_RIGHT);
	CHECK_OK(frame_map(mine, l1, 0, 0, 0, PAGE_RO));
	CHECK_ERR(frame_protect(mine, l1, 0, L1_SIZE, RW), ERR_RIGHT);
	CHECK_ERR(frame_split(l1, PAGE_SIZE), ERR_KIND);
}
