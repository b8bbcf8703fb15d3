/* SPDX-License-Identifier: ISC
 * Rule 9: long operations do not keep what has a higher priority waiting. Host load can delay a guest: the bound
 * is wide. */
#include "test.h"

#define PLACES 16

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

TEST("while a process of lower priority maps and revokes 8,192 pages over and over, each alarm of mine is on time")
{
	struct child c;
	struct report *r;
	struct msg m;
	int late = 0;

	page_credits(256);
	child_make(&c);
	child_credits(&c);
	r = c.shared;
	r->f_id = mem_new(L2_SPAN);
	for (int n = 0; n < PLACES; n++) {
		r->l2[n] = l2_new();
		CHECK_OK(frame_give(r->l2[n], c.pid));
	}
	CHECK_OK(frame_give(r->f_id, c.pid));
	CHECK_OK(proc_priority(c.pid, 1));
	child_run(&c, works);
	for (int n = 0; n < 50; n++) {
		int64_t at = time_now() + MS(2);

		CHECK_OK(time_alarm(at, 0));
		CHECK_OK(msg_recv(&m, PATIENT));
		CHECK_EQ(m.tag, MSG_NOTIFY);
		late += time_now() - at > MS(20);
	}
	CHECK(r->rounds > 0);
	CHECK(late <= late_allowed(5));
	CHECK_OK(proc_end(c.pid, 0));
}
