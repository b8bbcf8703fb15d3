/* SPDX-License-Identifier: ISC
 * Gives of two frames, one of which was cleaned of mappings before for somebody else. */
#include "test.h"

TEST("a frame that was once given to me clean of others' mappings leaves my tables when I give it away")
{
	int f = mem_new(PAGE_SIZE), other = mem_new(PAGE_SIZE);
	volatile char *va = vm_map(f, 0, 0, RW);
	struct child c;

	CHECK(va && vm_map(other, 0, 0, RW));
	child_make(&c);
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_give(f, 0)); /* leaves the child's table, and stays in mine */
	CHECK(probe_write(va));
	CHECK_OK(frame_give(other, c.pid));
	CHECK_OK(frame_give(f, c.pid));
	CHECK(!probe_read(va));
	CHECK_OK(proc_end(c.pid, 0));
	child_join(&c);
}
