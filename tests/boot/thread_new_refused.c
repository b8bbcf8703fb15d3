/* SPDX-License-Identifier: ISC
 * thread_new: each refusal. */
#include "test.h"

TEST("thread_new takes an unmapped page of mine for myself or a child that lives, and a user address")
{
	struct child c;
	int f = mem_new(THREAD_SIZE), l2 = l2_new(), stranger = CHECK_OK(name_lookup("files"));

	CHECK_ERR(thread_new(0, NO_ID, USER_END / 2, 0, 0), ERR_FRAME);
	CHECK_ERR(thread_new(NO_ID, f, USER_END / 2, 0, 0), ERR_PROC);
	CHECK_ERR(thread_new(stranger, f, USER_END / 2, 0, 0), ERR_PROC);
	CHECK_ERR(thread_new(0, l2, USER_END / 2, 0, 0), ERR_KIND);
	CHECK_ERR(thread_new(0, mem_new(2 * THREAD_SIZE), USER_END / 2, 0, 0), ERR_RANGE);
	CHECK_ERR(thread_new(0, f, USER_END, 0, 0), ERR_RANGE);
	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RO));
	CHECK_ERR(thread_new(0, f, USER_END / 2, 0, 0), ERR_BUSY);
	CHECK_OK(frame_unmap(l2, f, 0, 0));
	child_make(&c);
	CHECK_OK(proc_end(c.pid, 0));
	CHECK_ERR(thread_new(c.pid, f, USER_END / 2, 0, 0), ERR_DEAD);
	CHECK_EQ(frame_kind(f), FRAME_MEM);
}
