/* SPDX-License-Identifier: ISC
 * Rule 11, priorities: a long operation whose caller has ended still has its caller's priority.  One CPU. */
#include "attack.h"

#define THREADS 2500
#define ROUNDS  24

static int frames[THREADS], gave_way, kept;

static void exits(void *shared)
{
	(void)shared;
	proc_exit(0);
}

/* An alarm that comes in the midst of the child's end: do I run before the end is complete, or after? */
static void end_watch(const volatile struct proc_info *its)
{
	struct msg m = {0};

	while (m.tag != MSG_DIED) {
		bool ended;

		CHECK_OK(time_alarm(time_now() + 20000, 0));
		CHECK_OK(msg_recv(&m, PATIENT));
		ended = m.tag == MSG_NOTIFY && its->state == PROC_ENDED;
		if (!ended)
			continue;
		/* Notifications come first; and this is no call that would finish the end. */
		if (msg_recv(&m, 0) == ERR_TIMEOUT)
			gave_way++;
		else
			kept++;
	}
	CHECK_OK(time_alarm(-1, 0));
	msg_recv(&m, 0);
}

static void child_ends(void)
{
	struct child c;
	const volatile struct proc_info *its;

	child_make(&c);
	its = vm_map(c.proc, 0, PAGE_SIZE, F_MAP_READ);
	CHECK(its);
	CHECK_OK(proc_priority(c.pid, 1));
	for (int n = 0; n < THREADS; n++)
		CHECK_OK(thread_new(c.pid, frames[n], (uintptr_t)exits, 0, 0));
	child_run(&c, exits);
	end_watch(its);
	CHECK_OK(vm_unmap((void *)(uintptr_t)its, PAGE_SIZE));
	child_join(&c);
}

ATTACK("a process of the lowest priority with thousands of threads ends itself",
	"the CPU, from everyone of higher priority, until the kernel has taken it to pieces")
{
	page_credits(2 * THREADS);
	for (int n = 0; n < THREADS; n++)
		frames[n] = mem_new(THREAD_SIZE);
	for (int round = 0; round < ROUNDS && !gave_way; round++)
		child_ends();
	/* An interrupt just at the end is no sign; and on a busy host they may all come too late to say. */
	CHECK(gave_way > 0 || kept < late_allowed(3));
}
