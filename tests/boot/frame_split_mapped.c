/* SPDX-License-Identifier: ISC
 * frame_split of a mapped frame, seen through the books and through the mapping. */
#include "test.h"

TEST("a split cuts mappings with the frame, and what they show stays the same")
{
	int low = mem_new(4 * PAGE_SIZE), high;
	volatile uint32_t *va = vm_map(low, 0, 0, RW);
	size_t offset;
	int credits;

	CHECK(va);
	for (size_t n = 0; n < 4; n++)
		va[n * PAGE_SIZE / 4] = (uint32_t)n + 7;
	page_credits(16);
	credits = credits_free();
	high = CHECK_OK(frame_split(low, PAGE_SIZE));
	CHECK_EQ(credits - credits_free(), 2);
	CHECK_EQ(frame_mappings(low), 1);
	CHECK_EQ(frame_mappings(high), 1);
	for (size_t n = 0; n < 4; n++)
		CHECK_EQ(va[n * PAGE_SIZE / 4], n + 7);
	CHECK_EQ(vm_frame((char *)(uintptr_t)va + 2 * PAGE_SIZE, &offset), high);
	CHECK_EQ(offset, PAGE_SIZE);
	CHECK_OK(frame_unmap(0, high, 0, 0));
	CHECK(probe_read(va));
	CHECK(!probe_read(va + PAGE_SIZE / 4));
}
