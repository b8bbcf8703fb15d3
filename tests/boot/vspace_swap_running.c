/* SPDX-License-Identifier: ISC
 * vspace_swap under a running child. */
#include "test.h"

static void counter(void *shared)
{
	volatile uint32_t *n = shared;
	volatile uint32_t *page = (volatile uint32_t *)CHILD_FREE_VA;

	while (n[1] == 0)
		n[0] = page[0];
	proc_exit((int)page[0]);
}

TEST("a swap under a running child is seen by its next access; the old tree can be read and changed by me")
{
	struct child c, other;
	volatile uint32_t *n;
	uint32_t *va;
	int a = mem_new(PAGE_SIZE), b = mem_new(PAGE_SIZE);

	child_make(&c);
	child_build(&other);
	n = c.shared;
	va = vm_map(a, 0, 0, RW);
	CHECK(va);
	va[0] = 1;
	va = vm_map(b, 0, 0, RW);
	CHECK(va);
	va[0] = 2;
	CHECK_OK(frame_map(c.l2, a, CHILD_FREE_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_map(other.l2, b, CHILD_FREE_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_unmap(other.l2, other.shared_f, CHILD_SHARED_VA, 0));
	CHECK_OK(frame_map(other.l2, c.shared_f, CHILD_SHARED_VA, 0, 0, PAGE_RW | F_MAP_KEEP));
	child_run(&c, counter);
	while (n[0] != 1)
		thread_park(MS(1));
	CHECK_EQ(vspace_swap(c.pid, other.l1), c.l1);
	n[0] = 0;
	while (n[0] != 2)
		thread_park(MS(1));
	CHECK_OK(frame_unmap(c.l2, a, CHILD_FREE_VA, 0));
	CHECK_OK(frame_unmap(c.l1, c.l2, 0, 0));
	CHECK_OK(frame_table(c.l1, FRAME_MEM));
	n[1] = 1;
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
}
