/* SPDX-License-Identifier: ISC
 * Rule 6, a change of the upper level: "a missing flush after an upper-level change". */
#include "attack.h"

#define PAGES 100

/* A second L2 whose pages all show one frame. */
static int l2_filled(int f_id)
{
	int l2 = l2_new();

	for (int n = 0; n < PAGES; n++)
		CHECK_OK(frame_map(l2, f_id, (uintptr_t)n * PAGE_SIZE, 0, 0, PAGE_RW));
	return l2;
}

ATTACK("take a whole L2 out of the L1, or put another there, and go on using the pages that it held",
	"every page of the lower table, though the upper level no longer leads there")
{
	int root = CHECK_OK(vspace_root(0)), a = mem_new(PAGE_SIZE), b = mem_new(PAGE_SIZE);
	int first, second;
	volatile char *base = vm_reserve(L2_SPAN, L2_SPAN);

	CHECK(base);
	page_credits(3 * PAGES);
	first = l2_filled(a);
	second = l2_filled(b);
	for (int round = 0; round < 5; round++) {
		CHECK_OK(frame_map(root, first, (uintptr_t)base, 0, 0, F_MAP_TABLE));
		for (int n = 0; n < PAGES; n++)
			*(volatile uint32_t *)(base + n * PAGE_SIZE) = 1;
		CHECK_OK(frame_map(root, second, (uintptr_t)base, 0, 0, F_MAP_TABLE | F_MAP_REPLACE));
		for (int n = 0; n < PAGES; n++)
			CHECK_EQ(*(volatile uint32_t *)(base + n * PAGE_SIZE), round ? 2 : 0);
		for (int n = 0; n < PAGES; n++)
			*(volatile uint32_t *)(base + n * PAGE_SIZE) = 2;
		CHECK_OK(frame_unmap(root, second, (uintptr_t)base, 0));
		for (int n = 0; n < PAGES; n++)
			CHECK(!probe_write(base + n * PAGE_SIZE));
	}
}
