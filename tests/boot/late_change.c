/* SPDX-License-Identifier: ISC
 * Rule 11: calls that change the books do not finish a donation that somebody of lower priority has begun. */
#include "late.h"

#define LEN     (16 * SECTION_SIZE)
#define CREDITS (int)(LEN / PAGE_SIZE * (PAGE_SIZE / 64 - 1))
#define PAUSE   300000 /* ns */

static volatile int f_id;
static volatile bool run;
static int64_t worst, began;

static void donates(void *arg)
{
	(void)arg;
	for (;;) {
		while (!run)
			thread_park(MS(1));
		CHECK_EQ(frame_donate(f_id), CREDITS);
		run = false;
	}
}

static void begins(void)
{
	CHECK_ERR(thread_park(PAUSE), ERR_TIMEOUT);
	began = time_now();
}

static void ends(void)
{
	if (time_now() - began > worst)
		worst = time_now() - began;
}

TEST("while a thread of lower priority turns 16 MiB into room for records, no change to the books takes longer than a "
     "page of "
     "that")
{
	int table = l2_new(), mem = mem_new(2 * PAGE_SIZE), room = mem_new(PAGE_SIZE), gift = mem_new(PAGE_SIZE);
	int proc = mem_new(PROC_SIZE), upper, pid;
	unsigned rounds = 0;
	struct child c;

	child_make(&c);
	f_id = mem_new(LEN);
	CHECK_OK(thread_priority(thread_start(donates, NULL, 16384), 2));
	run = true;
	begins();
	CHECK_OK(frame_give(gift, c.pid));
	ends();
	begins();
	pid = CHECK_OK(proc_new(proc));
	ends();
	begins();
	CHECK_OK(frame_donate(room));
	ends();
	for (; run; rounds++) {
		begins();
		upper = CHECK_OK(frame_split(mem, PAGE_SIZE));
		CHECK_OK(frame_merge(mem, upper));
		ends();
		begins();
		CHECK_OK(frame_map(table, mem, 0, 0, 0, PAGE_RW));
		CHECK_OK(frame_protect(table, mem, 0, 0, F_MAP_READ));
		CHECK_OK(frame_unmap(table, mem, 0, 0));
		ends();
		begins();
		CHECK_OK(frame_map(table, mem, 0, 0, 0, PAGE_RW));
		CHECK_OK(frame_unmap(0, mem, 0, 0));
		ends();
		begins();
		CHECK_OK(frame_allow(c.pid, ALLOW_SEND));
		CHECK_OK(frame_allow(c.pid, 0));
		ends();
	}
	CHECK(rounds >= 3 || late_allowed(1));
	CHECK(worst <= late_max());
	CHECK_OK(frame_table(f_id, FRAME_MEM));
	CHECK_OK(proc_end(pid, 0));
	CHECK_OK(proc_reap(pid));
}
