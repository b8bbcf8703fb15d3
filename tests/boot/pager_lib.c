/* SPDX-License-Identifier: ISC
 * lib/pager: the loop and protocol of a pager, in a program of its own. */
#include "test.h"

#define FRAMES 64

static int faults;

static int bring(struct pager *p, const struct pager_fault *f)
{
	int f_id = page_alloc(PAGE_SIZE, 0);

	if (f_id < 0 || ++faults > FRAMES)
		return 1;
	(void)p;
	return pager_map(f, f_id, 0, PAGE_SIZE, RW);
}

static void other(struct pager *p, struct msg *m)
{
	if (m->tag == MSG_DIED)
		p->stop = 1;
}

static void touches(void *shared)
{
	volatile uint32_t *sum = shared;

	/* In an L2 that stands already, and in two that do not. */
	for (uintptr_t n = 0; n < 8; n++)
		*sum += *(volatile uint32_t *)(CHILD_FREE_VA + n * PAGE_SIZE);
	for (uintptr_t n = 0; n < 8; n++)
		*(volatile uint32_t *)(16 * L2_SPAN + n * L2_SPAN / 4) = 1;
	proc_exit((int)*sum);
}

TEST("lib/pager brings zeroed pages, and the tables that they need, and leaves its loop when told")
{
	struct child c;
	int status;
	struct pager pager = {.fault = bring, .other = other};

	child_make(&c);
	child_run(&c, touches);
	CHECK_OK(pager_run(&pager));
	CHECK_OK(proc_wait(c.pid, PATIENT, &status));
	CHECK_EQ(status, 0);
	CHECK_EQ(faults, 16);
}
