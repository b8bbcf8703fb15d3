/* SPDX-License-Identifier: ISC
 * A pager that is another process maps its own frames and takes them back. */
#include "test.h"

struct report {
	int f_id, ready, faults, mapped;
};

static void pages(void *shared)
{
	volatile struct report *r = shared;
	struct msg m;

	frame_allow(0, ALLOW_SEND);
	r->ready = 1;
	while (msg_recv(&m, -1) == 0 && m.tag == MSG_FAULT) {
		r->faults++;
		r->mapped = frame_map((int)m.word[4], r->f_id, m.word[0] & ~(PAGE_SIZE - 1u), 0, 0, PAGE_RW);
		m.tag = r->mapped ? 1 : 0;
		msg_reply(m.from, &m);
	}
	proc_exit(1);
}

static void client(void *shared)
{
	volatile uint32_t *page = (volatile uint32_t *)CHILD_FREE_VA;

	(void)shared;
	*page = 5;
	proc_exit((int)*page);
}

TEST("a child's faults go to the pager that its parent named, which maps a frame that stays the pager's")
{
	struct child pager, c;
	volatile struct report *r;
	struct mapping m = {0};
	int f = mem_new(PAGE_SIZE);

	child_make(&pager);
	child_credits(&pager);
	r = pager.shared;
	r->f_id = f;
	CHECK_OK(frame_give(f, pager.pid));
	child_make(&c);
	CHECK_ERR(proc_pager(c.pid, NO_ID), ERR_PROC);
	CHECK_ERR(proc_pager(NO_ID, pager.pid), ERR_PROC);
	CHECK_ERR(proc_pager(c.pid, pager.pid), ERR_RIGHT);
	child_run(&pager, pages);
	while (!r->ready)
		thread_park(MS(1));
	CHECK_OK(proc_pager(c.pid, pager.pid));
	child_run(&c, client);
	CHECK_EQ(child_join(&c), 5);
	CHECK_EQ(r->faults, 1);
	CHECK_EQ(r->mapped, 0);
	CHECK_EQ(frame_count(pager.pid), 5);
	CHECK_EQ(frame_maps(f, &m), 0);
}
