/* SPDX-License-Identifier: ISC
 * vm_map of more than one L2's span. */
#include "test.h"

TEST("vm_map maps 9 MiB over several tables, and gives the tables' room back")
{
	int f = mem_new(9 * SECTION_SIZE);

	for (int n = 0; n < 3; n++) {
		volatile char *va = vm_map(f, 0, 0, RW);

		CHECK(va);
		for (size_t i = 0; i < 9 * SECTION_SIZE; i += SECTION_SIZE / 2)
			va[i] = (char)(i / SECTION_SIZE);
		CHECK(va[8 * SECTION_SIZE] == 8);
		CHECK_OK(vm_unmap((void *)(uintptr_t)va, 9 * SECTION_SIZE));
		CHECK(!probe_read(va + 5 * SECTION_SIZE));
	}
}
