/* SPDX-License-Identifier: ISC
 * A call's pointer that faults is the handler's, too. */
#include "test.h"

static struct upcall area;
static volatile int handled;
static int frame, table;
static uintptr_t offset;

static void handler(void *a)
{
	handled++;
	frame_map(table, frame, offset, 0, 0, PAGE_RW);
	thread_return(a);
}

TEST("a call whose pointer faults enters the handler and then answers as if nothing had been")
{
	struct proc_info *info;
	struct mapping m;

	frame = mem_new(PAGE_SIZE);
	info = vm_map(frame, 0, 0, RW);
	CHECK(info);
	CHECK_EQ(vspace_next(vspace_root(0), (uintptr_t)info & ~(uintptr_t)(L2_SPAN - 1), &m), 1);
	table = m.f_id;
	offset = (uintptr_t)info % L2_SPAN;
	CHECK_OK(frame_unmap(table, frame, offset, PAGE_SIZE));
	CHECK_OK(thread_upcall(handler, &area));
	CHECK_EQ(proc_info(0, info), 0);
	CHECK_OK(thread_upcall(NULL, NULL));
	CHECK_EQ(handled, 1);
	CHECK_EQ(info->pid, thread_self());
}
