/* SPDX-License-Identifier: ISC
 * Rule 5: a table that moves in a swap because it can be read in the tree, not because it stands there. */
#include "attack.h"

static void denies(void *shared)
{
	volatile uint32_t *n = shared;

	frame_allow((int)n[1], 0);
	n[0] = 1;
	for (;;)
		thread_park(-1);
}

ATTACK("put a table with my mappings, itself mapped read-only as a page, under a child that lets me map nothing",
	"a writable mapping of my memory in a table of somebody who refuses it")
{
	struct child c, d;
	int table = l2_new(), secret = mem_new(PAGE_SIZE);

	child_make(&c);
	((volatile uint32_t *)c.shared)[1] = (uint32_t)thread_self();
	child_run(&c, denies);
	child_says(&c, 0);
	child_build(&d); /* a second tree */
	CHECK_ERR(frame_map(c.l2, secret, CHILD_FREE_VA, 0, 0, PAGE_RW), ERR_FRAME);
	CHECK_OK(frame_map(table, secret, 0, 0, 0, PAGE_RW));
	CHECK_OK(frame_map(d.l2, table, CHILD_FREE_VA, 0, 0, PAGE_RO));
	CHECK_EQ(vspace_swap(c.pid, d.l1), c.l1);
	CHECK_EQ(frame_mappings(secret), 0);
	child_kill(&c);
}
