/* SPDX-License-Identifier: ISC
 * frame_count, frame_next and frame_info of myself and of a child. */
#include "test.h"

static void walk(int pid)
{
	int n = 0, f = 0;
	struct frame info;

	while ((f = CHECK_OK(frame_next(pid, f)))) {
		CHECK_OK(frame_info(f, &info));
		CHECK_EQ(info.f_id, f);
		CHECK(info.len && !(info.len % PAGE_SIZE) && !(info.pa % PAGE_SIZE));
		n++;
	}
	CHECK_EQ(n, frame_count(pid));
}

TEST("frame_next names each frame of mine or a child's once, as many as frame_count says")
{
	struct child c;
	int stranger = CHECK_OK(name_lookup("files"));

	child_make(&c);
	walk(0);
	walk(thread_self());
	walk(c.pid);
	CHECK_ERR(frame_count(NO_ID), ERR_PROC);
	CHECK_ERR(frame_count(stranger), ERR_PROC);
	CHECK_ERR(frame_next(stranger, 0), ERR_PROC);
	CHECK_ERR(frame_next(0, NO_ID), ERR_FRAME);
	CHECK_ERR(frame_next(c.pid, c.proc), ERR_FRAME);
	CHECK_OK(proc_end(c.pid, 0));
	child_join(&c);
}
