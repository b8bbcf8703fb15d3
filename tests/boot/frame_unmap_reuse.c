/* SPDX-License-Identifier: ISC
 * Rule 6: an address filled again after an unmap never shows the old page. */
#include "test.h"

TEST("unmap, then map another frame at the same address: only the new one is seen, a thousand times")
{
	int a = mem_new(PAGE_SIZE), b = mem_new(PAGE_SIZE);
	volatile uint32_t *va = vm_map(a, 0, 0, RW), *vb = vm_map(b, 0, 0, RW), *spot = vm_reserve(PAGE_SIZE, 0);

	CHECK(va && vb && spot);
	*va = 1;
	*vb = 2;
	for (int n = 0; n < 1000; n++) {
		CHECK_OK(vm_map_at((void *)(uintptr_t)spot, n & 1 ? b : a, 0, 0, RW));
		CHECK_EQ(*spot, n & 1 ? 2 : 1);
		CHECK_OK(vm_unmap((void *)(uintptr_t)spot, PAGE_SIZE));
	}
}
