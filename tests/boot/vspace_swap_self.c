/* SPDX-License-Identifier: ISC
 * vspace_swap of myself. The second vspace is a copy of the first, page by page, with one page more. */
#include "test.h"

/* Maps what stands in an L2 of mine into another one; what is not mine (the information page) is left out. */
static void l2_copy(int to, int from)
{
	struct mapping m;

	for (uintptr_t at = 0; at < L2_SPAN && CHECK_OK(vspace_next(from, at, &m)); at = m.at + m.len)
		frame_map(to, m.f_id, m.at, m.offset, m.len, m.flags);
}

static int vspace_copy(int from)
{
	int l1 = l1_new(), l2;
	struct mapping m;

	for (uintptr_t at = 0; at < USER_END && CHECK_OK(vspace_next(from, at, &m)); at = m.at + L2_SPAN) {
		if (!(m.flags & F_MAP_TABLE))
			continue;
		l2 = l2_new();
		l2_copy(l2, m.f_id);
		CHECK_OK(frame_map(l1, l2, m.at, 0, 0, F_MAP_TABLE));
	}
	return l1;
}

TEST("a process switches between two vspaces of its own with one call, and owns both before and after")
{
	volatile uint32_t *spot = vm_reserve(L2_SPAN, L2_SPAN);
	int page = mem_new(PAGE_SIZE), l2 = l2_new(), old, copy, back, seen_there, owned;

	CHECK(spot);
	CHECK_OK(page_credits(200));
	old = CHECK_OK(vspace_root(0));
	CHECK_OK(frame_map(l2, page, 0, 0, 0, PAGE_RW));
	copy = vspace_copy(old);
	CHECK_OK(frame_map(copy, l2, (uintptr_t)spot, 0, 0, F_MAP_TABLE));
	owned = frames_owned();
	CHECK(!probe_read(spot));
	CHECK_EQ(vspace_swap(0, copy), old);
	*spot = 17;
	seen_there = (int)*spot;
	back = vspace_swap(0, old);
	CHECK_EQ(back, copy);
	CHECK_EQ(seen_there, 17);
	CHECK(!probe_read(spot));
	CHECK_EQ(frames_owned(), owned);
	CHECK_ERR(vspace_swap(0, old), ERR_BUSY);
}
