/* SPDX-License-Identifier: ISC
 * Rule 11, priorities: a long operation whose caller has ended still has its caller's priority.  One CPU. */
#include "attack.h"

#define THREADS 1500

static void exits(void *shared)
{
	(void)shared;
	proc_exit(0);
}

ATTACK("a process of the lowest priority with a thousand threads ends itself",
	"the CPU, from everyone of higher priority, until the kernel has taken it to pieces")
{
	struct child c;
	const volatile struct proc_info *its;
	struct msg m = {0};
	int between = 0;

	page_credits(2 * THREADS);
	child_make(&c);
	its = vm_map(c.proc, 0, PAGE_SIZE, F_MAP_READ);
	CHECK(its);
	CHECK_OK(proc_priority(c.pid, 1));
	for (int n = 0; n < THREADS; n++)
		CHECK_OK(thread_new(c.pid, mem_new(THREAD_SIZE), (uintptr_t)exits, 0, 0));
	child_run(&c, exits);
	/* msg_recv is no call that would finish it. */
	while (m.tag != MSG_DIED) {
		thread_park(5000);
		between += its->state == PROC_ENDED && msg_recv(&m, 0) == ERR_TIMEOUT;
	}
	CHECK(between > 0);
	child_join(&c);
}
