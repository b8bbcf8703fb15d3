/* SPDX-License-Identifier: ISC
 * Rule 6 and F_MAP_REPLACE: nobody who uses the table sees a hole, though it takes long.  One CPU. */
#include "attack.h"

#define PAGES 512

static void reads(void *shared)
{
	volatile uint32_t *n = shared, *pages = (volatile uint32_t *)L2_SPAN;
	uint32_t at = 0;

	for (;;) {
		thread_park(15000);
		at = (at + 37) % PAGES;
		n[1] = pages[at * (PAGE_SIZE / 4)];
		n[0]++;
	}
}

ATTACK("use an L2 of another process, of lower priority, while that replaces all of its pages",
	"a fault, or an old page, in the middle of what is to happen at once")
{
	struct child c;
	struct msg m;
	int l2 = l2_new(), one = mem_new(PAGE_SIZE), all = mem_new(PAGES * PAGE_SIZE);

	page_credits(2 * PAGES);
	child_make(&c);
	CHECK_OK(frame_map(c.l1, l2, L2_SPAN, 0, 0, F_MAP_TABLE));
	CHECK_OK(frame_map(l2, all, 0, 0, 0, PAGE_RW));
	child_run(&c, reads);
	child_says(&c, 0);
	CHECK_OK(thread_priority(0, 1));
	for (int round = 0; round < 8; round++) {
		for (uintptr_t n = 0; n < PAGES; n++)
			CHECK_OK(frame_map(l2, one, n * PAGE_SIZE, 0, 0, PAGE_RW | F_MAP_REPLACE));
		CHECK_OK(frame_map(l2, all, 0, 0, 0, PAGE_RW | F_MAP_REPLACE));
		CHECK_ERR(msg_recv(&m, 0), ERR_TIMEOUT);
	}
	CHECK_OK(thread_priority(0, PRIORITY_DEFAULT));
	CHECK_OK(frame_unmap(c.l1, l2, L2_SPAN, 0));
	child_kill(&c);
}
