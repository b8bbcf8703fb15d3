/* SPDX-License-Identifier: ISC
 * F_MAP_UNCACHED: what was written through a cached mapping is seen. QEMU has no caches: it cannot show the flush. */
#include "test.h"

TEST("memory shows the same through an uncached mapping as it did cached, and the other way")
{
	int f = mem_new(PAGE_SIZE);
	volatile uint32_t *va = vm_map(f, 0, 0, RW);

	CHECK(va);
	va[1] = 0x12345678;
	CHECK_OK(vm_unmap((void *)(uintptr_t)va, PAGE_SIZE));
	va = vm_map(f, 0, 0, RW | F_MAP_UNCACHED);
	CHECK(va);
	CHECK_EQ(va[1], 0x12345678);
	va[2] = 9;
	CHECK_OK(vm_unmap((void *)(uintptr_t)va, PAGE_SIZE));
	va = vm_map(f, 0, 0, RW);
	CHECK(va);
	CHECK_EQ(va[2], 9);
}
