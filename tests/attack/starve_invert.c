/* SPDX-License-Identifier: ISC
 * Priority inversion: one of low priority has begun a long operation, one in the middle does not let it go on, and one
 * above needs the books.  One CPU. */
#include "attack.h"

#define PLACES 6

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

/* Now and then spins for longer than anybody can wait. */
static void spins(void *shared)
{
	volatile uint32_t *n = shared;

	for (;;) {
		thread_park(MS(1));
		for (int64_t end = time_now() + MS(30); time_now() < end;)
			n[0]++;
	}
}

ATTACK("begin a long operation at the lowest priority and never come to finish it, since somebody in the middle spins",
	"everybody above who needs the kernel's books")
{
	struct child low, middle;
	struct report *r;
	struct frame f;
	int late = 0;

	child_make(&low);
	child_credits(&low);
	child_make(&middle);
	r = low.shared;
	r->f_id = mem_new(L2_SPAN);
	for (int n = 0; n < PLACES; n++) {
		r->l2[n] = l2_new();
		CHECK_OK(frame_give(r->l2[n], low.pid));
	}
	CHECK_OK(frame_give(r->f_id, low.pid));
	CHECK_OK(proc_priority(low.pid, 1));
	CHECK_OK(proc_priority(middle.pid, 4));
	child_run(&low, works);
	child_run(&middle, spins);
	for (int n = 0; n < 60; n++) {
		int64_t begin;

		thread_park(MS(1) + n * 31000);
		begin = time_now();
		CHECK_OK(frame_info(middle.l1, &f));
		late += time_now() - begin > MS(15);
	}
	CHECK(r->rounds > 0);
	CHECK(late <= late_allowed(12));
	CHECK_OK(proc_end(low.pid, 0));
	child_kill(&middle);
}
