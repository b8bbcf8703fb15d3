/* SPDX-License-Identifier: ISC
 * 10,000 processes made and ended, with the totals unchanged. QEMU's speed decides its time. */
#include "test.h"

#define PROCESSES 10000

TEST("10,000 processes made and ended leave the total of memory and credits as it was")
{
	int f = mem_new(PROC_SIZE), credits, owned, pid, last = 0;

	page_credits(64);
	credits = credits_free();
	owned = frames_owned();
	for (int n = 0; n < PROCESSES; n++) {
		pid = CHECK_OK(proc_new(f));
		CHECK(pid != last);
		last = pid;
		CHECK_OK(proc_end(pid, n & 0xff));
		CHECK_OK(proc_wait(pid, 0, NULL));
		CHECK_OK(proc_reap(pid));
	}
	CHECK_EQ(credits_free(), credits);
	CHECK_EQ(frames_owned(), owned);
	CHECK_EQ(frame_kind(f), FRAME_MEM);
}
