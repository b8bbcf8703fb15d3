/* SPDX-License-Identifier: ISC
 * A pager that takes faults and never answers. */
#include "attack.h"

struct report {
	int pager;
	volatile int taken;
	int named;
};

static void takes(void *shared)
{
	struct report *r = shared;
	struct msg m;

	frame_allow(0, ALLOW_SEND);
	r->named = 1;
	while (msg_recv(&m, -1) == 0)
		r->taken++;
}

static void touches(void *shared)
{
	struct report *r = shared;

	r->named = proc_pager(0, r->pager);
	if (!r->taken) /* first in a call, which also waits for the pager */
		proc_info(0, (struct proc_info *)CHILD_FREE_VA);
	else
		*(volatile int *)CHILD_FREE_VA = 1;
	proc_exit(4);
}

/* One client, stuck in an access or in a call; then it is ended, or its pager. */
static void stick(bool in_call, bool end_pager)
{
	struct child pager, c;
	struct report *p, *r;
	struct msg m;

	child_start(&pager, takes);
	p = pager.shared;
	while (!p->named)
		thread_park(MS(1));
	child_make(&c);
	r = c.shared;
	r->pager = pager.pid;
	r->taken = !in_call;
	CHECK_OK(frame_allow(c.pid, ALLOW_SEND));
	child_run(&c, touches);
	while (!p->taken)
		thread_park(MS(1));
	CHECK_EQ(r->named, 0);
	/* Nobody else is held up, and its registers and frames can be looked at. */
	CHECK_ERR(msg_recv(&m, MS(2)), ERR_TIMEOUT);
	CHECK_OK(proc_stop(c.pid));
	CHECK_OK(frame_count(c.pid));
	CHECK_OK(proc_resume(c.pid));
	if (end_pager) { /* the fault comes to the parent */
		CHECK_OK(proc_end(pager.pid, 0));
		do
			CHECK_OK(msg_recv(&m, PATIENT));
		while (m.tag != MSG_FAULT);
		CHECK_EQ(m.from, c.pid);
		CHECK_OK(frame_map(c.l2, mem_new(PAGE_SIZE), CHILD_FREE_VA, 0, 0, PAGE_RW | F_MAP_KEEP));
		m = (struct msg){.tag = 0};
		CHECK_OK(msg_reply(c.pid, &m));
		CHECK_EQ(child_join(&c), 4);
	} else {
		child_kill(&c);
	}
	child_kill(&pager);
}

ATTACK("be a pager that receives its clients' faults and never answers, in accesses and in calls",
	"a client that nobody can end, or a kernel that waits")
{
	for (int n = 0; n < 4; n++)
		stick(n & 1, n & 2);
}
