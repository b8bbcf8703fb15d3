/* SPDX-License-Identifier: ISC
 * Rule 3: PROC, THREAD and RECORDS frames are not visible, apart from the information page. */
#include "test.h"

TEST("no kernel frame can be mapped, but a PROC frame read-only as one information page")
{
	int l2 = l2_new(), proc = mem_new(PROC_SIZE), records = mem_new(PAGE_SIZE), pid;
	struct proc_info *info;

	CHECK_OK(frame_donate(records));
	pid = CHECK_OK(proc_new(proc));
	CHECK_ERR(frame_map(l2, records, 0, 0, 0, PAGE_RO), ERR_KIND);
	CHECK_ERR(frame_map(l2, proc, 0, 0, 0, PAGE_RW), ERR_RIGHT);
	CHECK_ERR(frame_map(l2, proc, 0, 0, 0, PAGE_RO | F_MAP_EXEC), ERR_RIGHT);
	CHECK_ERR(frame_map(l2, proc, 0, 0, 2 * PAGE_SIZE, PAGE_RO), ERR_RANGE);
	CHECK_ERR(frame_map(l2, proc, 0, PAGE_SIZE, PAGE_SIZE, PAGE_RO), ERR_RANGE);
	info = vm_map(proc, 0, PAGE_SIZE, F_MAP_READ);
	CHECK(info);
	CHECK_EQ(info->pid, pid);
	CHECK_EQ(info->state, PROC_STOPPED);
	CHECK(!probe_write(info));
	CHECK_ERR(frame_split(proc, PAGE_SIZE), ERR_KIND);
	CHECK_ERR(frame_table(proc, FRAME_MEM), ERR_KIND);
	CHECK_ERR(frame_donate(proc), ERR_KIND);
	CHECK_OK(proc_end(pid, 0));
	CHECK_OK(vm_unmap(info, PAGE_SIZE));
	CHECK_OK(proc_reap(pid));
}
