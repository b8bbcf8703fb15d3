/* SPDX-License-Identifier: ISC
 * frame_give of a RECORDS frame: credits go along. */
#include "test.h"

TEST("a RECORDS frame takes its credits along, and does not go while so many are not free")
{
	struct child c;
	struct proc_info before, after;
	int records = mem_new(PAGE_SIZE), n, mine;

	child_make(&c);
	n = CHECK_OK(frame_donate(records));
	CHECK(n > 0);
	CHECK_EQ(frame_kind(records), FRAME_RECORDS);
	mine = credits_free();
	CHECK_OK(proc_info(c.pid, &before));
	CHECK_EQ(before.credits, 0);
	CHECK_OK(frame_give(records, c.pid));
	CHECK_OK(proc_info(c.pid, &after));
	CHECK(after.credits >= n - 1 && after.credits <= n);
	CHECK_EQ(mine - credits_free(), after.credits - before.credits);
}
