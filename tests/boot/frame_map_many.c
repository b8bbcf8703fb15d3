/* SPDX-License-Identifier: ISC
 * One frame mapped many times. */
#include "test.h"

TEST("a frame has any number of mappings, all listed by frame_maps, and one call revokes them")
{
	enum { PLACES = 40 };
	int l2 = l2_new(), f = mem_new(PAGE_SIZE), n = 0, credits;
	struct mapping m = {0};
	bool seen[PLACES] = {false};

	page_credits(PLACES + 8);
	credits = credits_free();
	for (uintptr_t at = 0; at < PLACES; at++)
		CHECK_OK(frame_map(l2, f, at * PAGE_SIZE, 0, 0, PAGE_RO));
	CHECK_EQ(frame_mappings(f), PLACES);
	CHECK_EQ(credits_free(), credits - PLACES);
	while (CHECK_OK(frame_maps(f, &m))) {
		CHECK(m.at / PAGE_SIZE < PLACES && !seen[m.at / PAGE_SIZE]);
		seen[m.at / PAGE_SIZE] = true;
		n++;
	}
	CHECK_EQ(n, PLACES);
	CHECK_OK(frame_unmap(0, f, 0, 0));
	CHECK_EQ(frame_mappings(f), 0);
	CHECK_EQ(credits_free(), credits);
	CHECK_EQ(vspace_next(l2, 0, &m), 0);
}
