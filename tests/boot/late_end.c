/* SPDX-License-Identifier: ISC
 * Rule 9: a process that has many of everything ends, its child passes to its parent, whose mappings of its information page nobody
 * allows any more, and the corpse is handed over, all of it in pieces. */
#include "late.h"

#define TABLES   12  /* with the information page of a child in each slot */
#define FRAMES   400 /* single pages */
#define CHILDREN 8

struct report {
	int l2[TABLES], proc[CHILDREN], many, holed, parent;
	volatile uint32_t step;
};

static struct child owner;
static volatile uint32_t go, over;

static void has_much(void *shared)
{
	struct report *r = shared;
	int pid[CHILDREN];

	for (int n = 0; n < CHILDREN; n++)
		pid[n] = CHECK_OK(proc_new(r->proc[n]));
	for (int n = 0; n < TABLES; n++)
		for (uintptr_t at = 0; at < L2_SPAN; at += PAGE_SIZE)
			CHECK_OK(frame_map(r->l2[n], r->proc[n % CHILDREN], at, 0, PAGE_SIZE, PAGE_RO));
	for (size_t n = FRAMES; n > 0; n--)
		CHECK_OK(frame_split(r->many, n * PAGE_SIZE));
	for (int n = 0; n < CHILDREN; n++)
		CHECK_OK(frame_allow(pid[n], ALLOW_GIVE));
	for (int n = 0; n < 32; n++)
		CHECK_OK(time_alarm(time_now() + MS(1000000) + n, n));
	CHECK_OK(frame_allow(r->parent, 0));
	r->step = 1;
	for (;;)
		thread_park(-1);
}

static void works(void *arg)
{
	(void)arg;
	while (!go)
		thread_park(MS(1));
	CHECK_OK(proc_end(owner.pid, 0));
	CHECK_OK(proc_reap(owner.pid));
	over = 1;
	thread_exit();
}

static void prepare(void)
{
	struct report *r;

	child_make(&owner);
	r = owner.shared;
	r->parent = thread_self();
	for (int n = 0; n < TABLES * 10 + 16; n++)
		child_credits(&owner);
	for (int n = 0; n < TABLES; n++)
		CHECK_OK(frame_give(r->l2[n] = l2_new(), owner.pid));
	for (int n = 0; n < CHILDREN; n++)
		CHECK_OK(frame_give(r->proc[n] = mem_new(PROC_SIZE), owner.pid));
	CHECK_OK(frame_give(r->many = mem_new((FRAMES + 1) * PAGE_SIZE), owner.pid));
	child_run(&owner, has_much);
	while (r->step != 1)
		CHECK_ERR(thread_park(MS(1)), ERR_TIMEOUT);
}

TEST("while a process with 8 children, 6,144 mappings of their information pages, 400 frames, 32 alarms and 135 pages "
     "of room "
     "ends and is reaped, alarms are on time")
{
	page_credits(2048);
	prepare();
	CHECK_OK(thread_priority(thread_start(works, NULL, 16384), 2));
	go = 1;
	CHECK(late_worst(&over) <= late_max());
}
