/* SPDX-License-Identifier: ISC
 * Rule 9: mappings with many holes, which a swap or a reap takes away from somebody else, end in pieces. */
#include "late.h"

#define TABLES 46

struct report {
	int l2[TABLES], f_id;
	volatile uint32_t step;
};

static struct child third, owner;
static volatile uint32_t go, over;
static int (*volatile ends)(void);

/* Maps every other page of its frame into all of the tables. */
static void maps(void *shared)
{
	struct report *r = shared;
	struct msg m;

	CHECK_OK(frame_allow(0, ALLOW_SEND | ALLOW_GIVE));
	r->step = 1;
	while (r->step != 2)
		thread_park(MS(1));
	for (int n = 0; n < TABLES; n++) {
		CHECK_OK(frame_map(r->l2[n], r->f_id, 0, 0, 0, PAGE_RO));
		for (uintptr_t at = 0; at < L2_SPAN; at += 2 * PAGE_SIZE)
			CHECK_OK(frame_unmap(r->l2[n], r->f_id, at, PAGE_SIZE));
	}
	r->step = 3;
	for (;;)
		msg_recv(&m, -1);
}

static void step_wait(struct report *r, uint32_t step)
{
	while (r->step != step)
		thread_park(MS(1));
}

static void works(void *arg)
{
	(void)arg;
	while (!go)
		thread_park(MS(1));
	CHECK_OK(ends());
	over = 1;
	thread_exit();
}

static int reap(void)
{
	return proc_reap(owner.pid);
}

static void prepare(void)
{
	struct report *r;

	child_make(&third);
	child_credits(&third);
	r = third.shared;
	r->f_id = mem_new(L2_SPAN);
	child_build(&owner);
	for (int n = 0; n < TABLES; n++) {
		r->l2[n] = l2_new();
		CHECK_OK(frame_map(owner.l1, r->l2[n], (uintptr_t)(n + 8) * L2_SPAN, 0, 0, F_MAP_TABLE));
	}
	CHECK_OK(vspace_swap(owner.pid, owner.l1));
	CHECK_OK(frame_give(r->f_id, third.pid));
	child_run(&third, maps);
	step_wait(r, 1);
	CHECK_OK(proc_pager(owner.pid, third.pid)); /* it may map into owner's tables, as long as they are its */
	r->step = 2;
	step_wait(r, 3);
}

TEST("while a process is reaped whose tables hold 11,776 pages of somebody else with a hole after each, alarms are on "
     "time")
{
	prepare();
	CHECK_OK(proc_end(owner.pid, 0));
	ends = reap;
	CHECK_OK(thread_priority(thread_start(works, NULL, 16384), 2));
	CHECK_ERR(thread_park(MS(2)), ERR_TIMEOUT);
	go = 1;
	CHECK(late_worst(&over) <= late_max());
}
