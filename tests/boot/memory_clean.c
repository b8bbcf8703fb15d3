/* SPDX-License-Identifier: ISC
 * Rule 11: no stale contents. */
#include "test.h"

TEST("page_alloc's frames are zero, whatever lay there, and exactly as long and aligned as asked for")
{
	struct frame f;
	uint32_t *va;

	for (size_t n = 1; n < 40; n++) {
		int f_id = CHECK_OK(page_alloc(n * PAGE_SIZE, n & 1 ? 0 : 4 * PAGE_SIZE));

		CHECK_OK(frame_info(f_id, &f));
		CHECK_EQ(f.len, n * PAGE_SIZE);
		CHECK_EQ(f.kind, FRAME_MEM);
		CHECK_EQ(f.maps, 0);
		if (!(n & 1))
			CHECK_EQ(f.pa % (4 * PAGE_SIZE), 0);
		va = vm_map(f_id, 0, 0, RW);
		CHECK(va);
		for (size_t i = 0; i < n * PAGE_SIZE / 4; i++) {
			CHECK(va[i] == 0);
			va[i] = 0xdeadbeef;
		}
		CHECK_OK(page_free(f_id));
	}
}
