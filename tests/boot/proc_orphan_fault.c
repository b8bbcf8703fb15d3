/* SPDX-License-Identifier: ISC
 * A process that ends as a parent, with a child's fault in its hands. */
#include "test.h"

struct report {
	int proc, pid, l1;
	int got;
};

static void parent_of(void *shared)
{
	struct report *r = shared;
	struct msg m;

	r->pid = proc_new(r->proc);
	vspace_swap(r->pid, r->l1);
	proc_start(r->pid, 4 * L2_SPAN, 0, 0);
	r->got = msg_recv(&m, -1) == 0 ? m.tag : -1;
	proc_exit(0);
}

TEST("a fault that its parent received and did not answer goes to the parent's parent when the parent ends")
{
	struct child c;
	volatile struct report *r;
	struct msg m;
	int proc = mem_new(PROC_SIZE), l1 = l1_new();

	child_make(&c);
	r = c.shared;
	r->proc = proc;
	r->l1 = l1;
	CHECK_OK(frame_give(proc, c.pid));
	CHECK_OK(frame_give(l1, c.pid));
	child_run(&c, parent_of);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_EQ(r->got, MSG_FAULT);
	CHECK_OK(msg_recv(&m, PATIENT));
	CHECK_EQ(m.tag, MSG_FAULT);
	CHECK_EQ(m.from, r->pid);
	CHECK_EQ(m.word[0], 4 * L2_SPAN);
	CHECK_EQ(m.word[2], FAULT_EXEC | FAULT_NOMAP);
	m.tag = 6;
	CHECK_OK(msg_reply(r->pid, &m));
	CHECK_OK(proc_wait(r->pid, PATIENT, NULL));
}
