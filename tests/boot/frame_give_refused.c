/* SPDX-License-Identifier: ISC
 * frame_give: each refusal but GIVE_MAX and credits. */
#include "test.h"

TEST("frame_give refuses foreign frames, nobody, those who do not allow it, and what cannot be given")
{
	struct child c;
	int f = mem_new(PAGE_SIZE), l2, l1 = l1_with_l2(&l2), page = mem_new(PAGE_SIZE), owned;
	int stranger = CHECK_OK(name_lookup("console"));

	child_make(&c);
	owned = frames_owned();
	CHECK_ERR(frame_give(NO_ID, c.pid), ERR_FRAME);
	CHECK_ERR(frame_give(c.stack_f, c.pid), ERR_FRAME);
	CHECK_ERR(frame_give(f, NO_ID), ERR_PROC);
	CHECK_ERR(frame_give(f, -1), ERR_PROC);
	CHECK_ERR(frame_give(c.proc, stranger), ERR_RIGHT);
	CHECK_ERR(frame_give(l2, c.pid), ERR_BUSY);
	CHECK_ERR(frame_give(l1, c.pid), ERR_BUSY);
	CHECK_ERR(frame_give(vspace_root(0), c.pid), ERR_BUSY);
	CHECK_OK(frame_unmap(l1, l2, 0, 0));
	CHECK_OK(frame_map(l2, page, 0, 0, 0, PAGE_RO));
	CHECK_ERR(frame_give(l2, c.pid), ERR_BUSY);
	CHECK_OK(frame_unmap(l2, page, 0, 0));
	CHECK_EQ(frames_owned(), owned);
	CHECK_OK(frame_give(l2, c.pid));
	CHECK_OK(frame_give(l1, c.pid));
	CHECK_OK(proc_end(c.pid, 0));
	CHECK_ERR(frame_give(f, c.pid), ERR_DEAD);
}
