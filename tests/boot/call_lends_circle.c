/* SPDX-License-Identifier: ISC
 * Two processes of a low priority that call each other, and one of a high priority that calls them for a moment. */
#include "test.h"

struct pair {
	volatile uint32_t other, calls, spun, go;
};

/* Receives one call and calls the other process, which does the same: nobody answers. */
static void circle(void *shared)
{
	struct pair *p = shared;
	struct msg m;

	frame_allow(0, ALLOW_SEND);
	while (!p->other)
		thread_park(1000000);
	if (msg_recv(&m, -1) < 0)
		proc_exit(1);
	m = (struct msg){.tag = 2};
	p->calls = 1;
	msg_call((int)p->other, &m, -1);
	proc_exit(2);
}

/* A second thread of one of them, which would like to run at what the circle lends. */
static void spins_beside(uintptr_t shared)
{
	struct pair *p = (struct pair *)shared;

	for (;;)
		p->spun++;
}

static volatile uint32_t middle;

static void spin(void *arg)
{
	(void)arg;
	thread_priority(0, 5);
	for (;;)
		middle++;
}

TEST("processes in a circle of calls do not keep a priority that a caller from outside has taken back")
{
	struct child a, b;
	struct pair *pa, *pb;
	struct msg m = {.tag = 1};
	uint32_t was;
	int tid;

	child_start(&a, circle);
	child_start(&b, circle);
	pa = a.shared;
	pb = b.shared;
	CHECK_OK(proc_priority(a.pid, 2));
	CHECK_OK(proc_priority(b.pid, 2));
	thread_park(MS(20)); /* both allow */
	pa->other = (uint32_t)b.pid;
	pb->other = (uint32_t)a.pid;
	CHECK_ERR(msg_call(a.pid, &m, MS(50)), ERR_TIMEOUT); /* a calls b, b calls a */
	CHECK(pa->calls && pb->calls);
	CHECK_ERR(msg_call(a.pid, &m, MS(50)), ERR_TIMEOUT);
	tid = thread_new(a.pid, mem_new(THREAD_SIZE), (uintptr_t)spins_beside, CHILD_STACK_VA + 0x800, CHILD_SHARED_VA);
	CHECK_OK(tid);
	thread_start(spin, NULL, 16384);
	thread_park(MS(20));
	CHECK_ERR(msg_call(a.pid, &m, MS(20)), ERR_TIMEOUT); /* now that runs at my priority, */
	was = pa->spun;
	CHECK(was > 0);
	thread_park(MS(50));
	CHECK_EQ(pa->spun, was); /* and now it does not */
	CHECK_OK(proc_end(a.pid, 0));
	CHECK_OK(proc_end(b.pid, 0));
	child_join(&a);
	child_join(&b);
}
