/* SPDX-License-Identifier: ISC
 * frame_give of plain memory to a child and to a stranger. */
#include "test.h"

TEST("a given frame is the receiver's: I can name it no more unless it is my child's, and then only look")
{
	struct child c;
	struct frame info;
	int f = mem_new(PAGE_SIZE), owned, n;

	child_make(&c);
	owned = frames_owned();
	n = CHECK_OK(frame_count(c.pid));
	CHECK_OK(frame_give(f, c.pid));
	CHECK_EQ(frames_owned(), owned - 1);
	CHECK_EQ(frame_count(c.pid), n + 1);
	CHECK_OK(frame_info(f, &info));
	CHECK_ERR(frame_split(f, PAGE_SIZE), ERR_FRAME);
	CHECK_ERR(frame_give(f, 0), ERR_FRAME);
	CHECK_OK(proc_end(c.pid, 0));
	child_join(&c);
	CHECK_OK(frame_give(f, 0));
}
