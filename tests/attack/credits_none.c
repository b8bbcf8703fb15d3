/* SPDX-License-Identifier: ISC
 * Without a credit nothing can be made, and everything can be undone: nobody is locked in by having spent all. */
#include "attack.h"

struct report {
	int frame, lower, l2;
	volatile int wrong, done;
};

static void poor(void *shared)
{
	struct report *r = shared;
	struct proc_info info;
	int n = 0;

	proc_info(0, &info);
	r->wrong += info.credits != 0;
	r->wrong += frame_map(r->l2, r->frame, CHILD_FREE_VA, 0, 0, PAGE_RW) != ERR_RECORDS;
	r->wrong += frame_split(r->frame, PAGE_SIZE) != ERR_RECORDS;
	r->wrong += frame_map(r->l2, r->frame, CHILD_STACK_VA, 0, PAGE_SIZE, PAGE_RW | F_MAP_REPLACE) != ERR_RECORDS;
	for (; n < 200; n++)
		r->wrong += frame_map(r->l2, r->frame, CHILD_FREE_VA, 0, 0, PAGE_RW) != ERR_RECORDS;
	r->wrong += frame_protect(r->l2, r->frame, CHILD_FREE_VA + 0x10000, PAGE_SIZE, F_MAP_READ) != 0;
	r->wrong += frame_unmap(r->l2, r->frame, CHILD_FREE_VA + 0x10000, PAGE_SIZE) != 0; /* that gives one */
	r->wrong += frame_map(r->l2, r->frame, CHILD_FREE_VA, 0, PAGE_SIZE, PAGE_RW) != 0;
	r->wrong += frame_map(r->l2, r->frame, CHILD_FREE_VA + PAGE_SIZE, 0, PAGE_SIZE, PAGE_RW) != ERR_RECORDS;
	r->done = 1;
	proc_exit(0);
}

ATTACK("spend every credit, then map, split and replace all the same, a thousand times", "records that nobody paid for")
{
	struct child c;
	struct report *r;
	int f_id = mem_new(4 * PAGE_SIZE);

	child_build(&c);
	CHECK_OK(frame_map(c.l2, f_id, CHILD_FREE_VA + 0x10000, 0, PAGE_SIZE, PAGE_RW));
	CHECK_EQ(vspace_swap(c.pid, c.l1), 0);
	r = c.shared;
	r->frame = f_id;
	r->l2 = c.l2;
	child_run(&c, poor);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(r->done, 1);
	CHECK_EQ(r->wrong, 0);
}
