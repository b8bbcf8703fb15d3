/* SPDX-License-Identifier: ISC
 * frame_protect: rights go down and up again, to what the mapping was made with. */
#include "test.h"

TEST("rights are lowered and raised in place, seen at once, with the contents untouched")
{
	int f = mem_new(2 * PAGE_SIZE);
	char *va = vm_map(f, 0, 0, RW);

	CHECK(va);
	va[0] = 7;
	CHECK_OK(vm_protect(va, PAGE_SIZE, F_MAP_READ));
	CHECK(probe_read(va) && !probe_write(va));
	CHECK(probe_fault.kind & FAULT_WRITE);
	CHECK(probe_fault.kind & FAULT_RIGHT);
	CHECK(probe_write(va + PAGE_SIZE));
	CHECK_OK(vm_protect(va, PAGE_SIZE, 0));
	CHECK(!probe_read(va));
	CHECK(probe_fault.kind & FAULT_READ);
	CHECK(probe_fault.kind & FAULT_RIGHT);
	CHECK_OK(vm_protect(va, PAGE_SIZE, RW));
	CHECK(probe_write(va));
	CHECK_EQ(va[0], 7);
}
