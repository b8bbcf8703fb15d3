/* SPDX-License-Identifier: ISC
 * proc_info, and the information page. */
#include "test.h"

TEST("the information page always shows what proc_info answers")
{
	struct child c;
	struct proc_info info;
	const volatile struct proc_info *page;
	int f = mem_new(PAGE_SIZE), stranger = CHECK_OK(name_lookup("files"));

	child_make(&c);
	page = vm_map(c.proc, 0, PAGE_SIZE, F_MAP_READ);
	CHECK(page);
	CHECK_OK(proc_info(c.pid, &info));
	CHECK_EQ(page->pid, info.pid);
	CHECK_EQ(page->frames, info.frames);
	CHECK_EQ(page->root, c.l1);
	CHECK_OK(frame_give(f, c.pid));
	CHECK_EQ(page->frames, info.frames + 1);
	CHECK_OK(proc_pager(c.pid, thread_self()));
	CHECK_EQ(page->pager, thread_self());
	CHECK_OK(proc_priority(c.pid, 1));
	CHECK_EQ(page->priority, 1);
	CHECK_OK(proc_end(c.pid, 8));
	CHECK_EQ(page->state, PROC_ENDED);
	CHECK_EQ(page->status, 8);
	CHECK_ERR(proc_info(NO_ID, &info), ERR_PROC);
	CHECK_OK(proc_info(stranger, &info));
	CHECK_EQ(info.pid, stranger);
}
