/* SPDX-License-Identifier: ISC
 * Rules 5 and 6 when an owner ends: a third party's use of its frame ends when the frame passes to one whom that third
 * party does not let map. */
#include "attack.h"

struct report {
	int parent, other, l2, f_id;
	volatile uint32_t n, mapped;
};

#define AT CHILD_FREE_VA

/* Lets its sibling map, and nobody else; then uses what it mapped. */
static void uses(void *shared)
{
	struct report *r = shared;

	frame_allow(r->parent, ALLOW_SEND);
	frame_allow(r->other, ALLOW_MAP | ALLOW_SEND);
	r->mapped = 1;
	for (;;)
		r->n = *(volatile uint32_t *)AT + 1;
}

static void lends(void *shared)
{
	struct report *r = shared;

	r->mapped = (uint32_t)frame_map(r->l2, r->f_id, AT, 0, 0, PAGE_RW) + 1;
	for (;;)
		thread_park(-1);
}

ATTACK("go on using a frame that a process lent me, after that process ended and its frames went to its parent",
	"memory of the parent, which I do not even let map in my tables")
{
	struct child user, lender;
	struct report *u, *l;
	struct msg m;
	int f_id = mem_new(PAGE_SIZE);

	child_make(&user);
	child_make(&lender);
	child_credits(&user);
	child_credits(&lender);
	u = user.shared;
	l = lender.shared;
	u->parent = thread_self();
	u->other = lender.pid;
	l->l2 = user.l2;
	l->f_id = f_id;
	CHECK_OK(frame_give(f_id, lender.pid));
	child_run(&user, uses);
	while (!u->mapped)
		thread_park(MS(1));
	child_message(&user, &m, MSG_FAULT);
	child_run(&lender, lends);
	while (!l->mapped)
		thread_park(MS(1));
	CHECK_EQ(l->mapped, 1);
	m = (struct msg){.tag = 0};
	CHECK_OK(msg_reply(user.pid, &m));
	while (!u->n)
		thread_park(MS(1));
	CHECK_OK(proc_end(lender.pid, 0));
	CHECK_OK(proc_wait(lender.pid, PATIENT, NULL));
	CHECK_OK(proc_reap(lender.pid));
	CHECK_EQ(frame_mappings(f_id), 0);
	child_message(&user, &m, MSG_FAULT);
	CHECK_EQ(m.word[0], AT);
	CHECK_OK(proc_end(user.pid, 0));
}
