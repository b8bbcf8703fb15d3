/* SPDX-License-Identifier: ISC
 * Rule 9: when the caller of a long operation dies in between, the kernel finishes what was begun. */
#include "test.h"

#define PLACES 8

struct report {
	int l2[PLACES], f_id;
	volatile uint32_t rounds;
};

static void works(void *shared)
{
	struct report *r = shared;

	for (;;) {
		for (int n = 0; n < PLACES; n++)
			frame_map(r->l2[n], r->f_id, 0, 0, 0, PAGE_RO);
		frame_unmap(0, r->f_id, 0, 0);
		r->rounds++;
	}
}

TEST("a process ended at any moment of mapping and revoking 4,096 pages leaves books that add up")
{
	struct child c;
	struct report *r;
	int f;

	page_credits(256);
	for (int round = 0; round < 12; round++) {
		child_make(&c);
		child_credits(&c);
		r = c.shared;
		f = mem_new(L2_SPAN);
		for (int n = 0; n < PLACES; n++) {
			r->l2[n] = l2_new();
			CHECK_OK(frame_give(r->l2[n], c.pid));
		}
		r->f_id = f;
		CHECK_OK(frame_give(f, c.pid));
		child_run(&c, works);
		thread_park(MS(1) + round * 137000);
		CHECK_OK(proc_end(c.pid, 0));
		CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
		CHECK_OK(proc_reap(c.pid));
		CHECK_OK(frame_unmap(0, f, 0, 0));
		CHECK_EQ(frame_mappings(f), 0);
		for (int n = 0; n < PLACES; n++) {
			CHECK_OK(frame_table(r->l2[n], FRAME_MEM));
			CHECK_OK(page_free(r->l2[n]));
		}
		CHECK_OK(page_free(f));
	}
}
