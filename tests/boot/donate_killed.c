/* SPDX-License-Identifier: ISC
 * Rule 9: a donation whose thread ends in between is finished by the kernel, and so it is by whoever needs its frame. */
#include "test.h"

#define LEN     (4 * SECTION_SIZE)
#define CREDITS (int)(LEN / PAGE_SIZE * (PAGE_SIZE / 64 - 1))
#define ROUNDS  12

static void donates(void *shared)
{
	frame_donate(*(int *)shared);
	for (;;)
		thread_park(-1);
}

static int credits(int pid)
{
	struct proc_info info;

	CHECK_OK(proc_info(pid, &info));
	return info.credits;
}

TEST("room for records that a process was donating when it was ended is all its parent's when that reaps it, and when "
     "it is taken back")
{
	struct child c;
	struct frame frame;
	int f, had;

	for (int round = 0; round < ROUNDS; round++) {
		child_make(&c);
		child_credits(&c);
		f = *(volatile int *)c.shared = mem_new(LEN);
		CHECK_OK(frame_give(f, c.pid));
		child_run(&c, donates);
		CHECK_ERR(thread_park(MS(1) + round * 137000), ERR_TIMEOUT);
		CHECK_OK(proc_end(c.pid, 0));
		CHECK_OK(frame_info(f, &frame));
		CHECK(frame.kind == FRAME_MEM || credits(c.pid) >= CREDITS);
		CHECK_OK(proc_reap(c.pid));
		if (frame.kind == FRAME_RECORDS) {
			CHECK_OK(frame_table(f, FRAME_MEM));
			had = credits(0);
			CHECK_EQ(frame_donate(f), CREDITS);
			CHECK_EQ(credits(0), had + CREDITS);
			CHECK_OK(frame_table(f, FRAME_MEM));
		}
		CHECK_OK(page_free(f));
	}
}
