/* SPDX-License-Identifier: ISC
 * Rule 7: what a process does is paid with its own credits. */
#include "attack.h"

struct report {
	int parent, l2, f_id[40];
	volatile int stop, sent, asked, mapped;
};

/* Everything that makes the kernel remember something about the parent. */
static void spends(void *shared)
{
	struct report *r = shared;
	struct msg m;

	for (int n = 0; n < 40; n++) {
		r->mapped += frame_map(r->l2, r->f_id[n], (uintptr_t)n * PAGE_SIZE, 0, PAGE_SIZE, PAGE_RW) == 0;
		frame_map(r->l2, r->f_id[0], (uintptr_t)(n + 100) * PAGE_SIZE, 0, PAGE_SIZE, PAGE_RW);
		frame_split(r->f_id[n], PAGE_SIZE);
		proc_watch(r->parent, n % 32);
		frame_allow(r->parent, n % 8);
		msg_notify(r->parent, 1u << n % 32);
		m = (struct msg){.tag = 1};
		msg_call(r->parent, &m, 0);
		proc_pager(0, r->parent);
		r->asked++;
	}
	/* Half of them given: their credits go along. */
	for (int n = 0; n < 20; n++)
		r->sent += frame_give(r->f_id[n], r->parent) == 0;
	r->stop = 1;
	for (;;)
		thread_park(-1);
}

ATTACK("do everything to another process that makes the kernel keep a record: map, split, watch, grant, notify, call, "
       "give",
	"another process's credits, until it cannot even map its own memory")
{
	struct child c;
	struct report *r;
	int before;

	page_credits(300);
	child_make(&c);
	child_credits(&c);
	r = c.shared;
	r->parent = thread_self();
	r->l2 = l2_new();
	for (int n = 0; n < 40; n++) {
		r->f_id[n] = mem_new(2 * PAGE_SIZE);
		CHECK_OK(frame_give(r->f_id[n], c.pid));
	}
	CHECK_OK(frame_allow(c.pid, ALLOW_MAP | ALLOW_GIVE | ALLOW_SEND));
	before = credits_free();
	child_run(&c, spends);
	while (!r->stop)
		thread_park(MS(1));
	CHECK_EQ(r->asked, 40);
	CHECK(r->mapped > 20);
	CHECK_EQ(r->sent, 20);
	CHECK_EQ(credits_free(), before);
	/* Taking all of it apart again costs nothing either. */
	CHECK_OK(frame_unmap(r->l2, 0, 0, L2_SPAN));
	CHECK(credits_free() >= before);
	CHECK_OK(proc_end(c.pid, 0));
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_OK(proc_reap(c.pid));
	CHECK(credits_free() > before);
}
