/* SPDX-License-Identifier: ISC
 * Rule 3 over time: rights lowered, the frame made a table, rights raised. */
#include "test.h"

TEST("lowering a writable mapping does not open a way to a writable table later")
{
	int f = mem_new(L2_SIZE);
	void *va = vm_map(f, 0, 0, RW);

	CHECK(va);
	CHECK_OK(vm_protect(va, PAGE_SIZE, F_MAP_READ));
	CHECK_ERR(frame_table(f, FRAME_L2), ERR_BUSY);
	CHECK_OK(vm_protect(va, PAGE_SIZE, RW));
	CHECK(probe_write(va));
	CHECK_EQ(frame_kind(f), FRAME_MEM);
}
