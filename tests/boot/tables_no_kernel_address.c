/* SPDX-License-Identifier: ISC
 * Rule 3: what users can read in a table. It looks at one root and its L2s, those of this process. */
#include <string.h>
#include "test.h"

TEST("no word of a table, neither descriptor nor shadow, holds a kernel address outside RAM that is mine")
{
	int l2 = l2_new(), page = mem_new(PAGE_SIZE);
	uint32_t *va = vm_map(l2, 0, 0, F_MAP_READ);
	struct frame f;

	CHECK(va);
	CHECK_OK(frame_info(page, &f));
	CHECK_OK(frame_map(l2, page, 0, 0, 0, PAGE_RO));
	CHECK_EQ(va[0] & ~(uint32_t)(PAGE_SIZE - 1), f.pa);
	for (size_t n = 1; n < L2_SIZE / 8; n++)
		CHECK_EQ(va[n], 0);
	CHECK(va[L2_SIZE / 8] < USER_END);
}
