/* SPDX-License-Identifier: ISC
 * Faults whose parent is just ending: it is no longer there to answer, and nobody else is yet. */
#include <stdlib.h>
#include "attack.h"

#define ROUNDS  4
#define THREADS 150 /* of the parent: their end takes long enough to be interrupted */
#define FAULTS  24  /* of the child: one every few microseconds */
#define STACK   256

static void faults_at(void *deadline)
{
	int64_t left = *(volatile int64_t *)deadline - time_now();

	if (left > 0) /* less would be for ever */
		thread_park(left);
	*(volatile int *)CHILD_FREE_VA = 1;
	thread_exit();
}

static void waits(void *arg)
{
	(void)arg;
	thread_park(-1);
}

/* A process with many threads, and a child of higher priority than its end has, which is going to fault. */
static int role_parent(int parent)
{
	struct child c;
	int64_t *deadline, end;
	struct msg m = {.tag = 1};

	child_make(&c);
	deadline = c.shared;
	for (int n = 0; n < THREADS; n++)
		CHECK_OK(thread_start(waits, NULL, 2 * PAGE_SIZE));
	end = time_now() + MS(20);
	for (int n = 0; n < FAULTS; n++)
		deadline[n] = end + n * 12000;
	child_run(&c, faults_at);
	for (int n = 1; n < FAULTS; n++)
		CHECK_OK(thread_new(c.pid, mem_new(THREAD_SIZE), (uintptr_t)faults_at,
			CHILD_STACK_VA + (uintptr_t)n * STACK, CHILD_SHARED_VA + (uintptr_t)n * sizeof *deadline));
	m.word[0] = (uint32_t)end;
	m.word[1] = (uint32_t)(end >> 32);
	CHECK_OK(msg_send(parent, &m, PATIENT));
	thread_park(-1);
	return 0;
}

/* Ends it, at the lowest priority, when the faults begin. */
static void parent_end(int pid)
{
	struct msg m;

	CHECK_OK(msg_recv(&m, PATIENT));
	CHECK_EQ(m.from, pid);
	CHECK_OK(thread_priority(0, 1));
	while (time_now() < ((int64_t)m.word[1] << 32 | m.word[0]))
		continue;
	CHECK_OK(proc_end(pid, 0));
	CHECK_OK(thread_priority(0, PRIORITY_DEFAULT));
}

const struct test_role test_roles[] = {{"parent", role_parent}, {NULL, NULL}};

ATTACK("a process with many threads is ended while its child, of higher priority, faults",
	"a panic: nobody is there to answer, as if the first process had faulted")
{
	for (int round = 0; round < ROUNDS; round++) {
		int pid = role_spawn("parent"), faults = 0, deaths = 0;
		struct msg m;

		parent_end(pid);
		while (deaths < 2) {
			CHECK_OK(msg_recv(&m, PATIENT));
			if (m.tag == MSG_DIED) {
				deaths++;
				continue;
			}
			CHECK_EQ(m.tag, MSG_FAULT);
			faults++;
			m = (struct msg){.from = m.from, .tag = 1};
			CHECK_OK(msg_reply(m.from, &m));
		}
		CHECK_EQ(faults, FAULTS);
		CHECK_EQ(role_wait(pid), 0);
	}
}
