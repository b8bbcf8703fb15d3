/* SPDX-License-Identifier: ISC
 * A frame that goes with a call and comes back with the answer. */
#include "test.h"

static void adds_one(void *shared)
{
	int *out = shared;
	struct msg m;

	msg_recv(&m, -1);
	out[0] = m.frame;
	out[1] = frame_map(out[8], m.frame, CHILD_FREE_VA, 0, 0, PAGE_RW);
	if (!out[1])
		(*(volatile int *)CHILD_FREE_VA)++;
	out[2] = msg_reply(m.from, &m);
	proc_exit(0);
}

TEST("a frame goes with a call, is used by the receiver, and comes back in the answer without any grant")
{
	struct child c;
	struct msg m = {.tag = 1};
	int f = mem_new(PAGE_SIZE), *out;
	int *va = vm_map(f, 0, 0, RW);

	CHECK(va);
	*va = 10;
	child_make(&c);
	child_credits(&c);
	out = c.shared;
	out[8] = c.l2;
	child_run(&c, adds_one);
	m.frame = f;
	CHECK_OK(msg_call(c.pid, &m, PATIENT));
	CHECK_EQ(out[0], f);
	CHECK_EQ(out[1], 0);
	CHECK_EQ(out[2], 0);
	CHECK_EQ(m.frame, f);
	CHECK(!probe_read(va));
	va = vm_map(f, 0, 0, RW);
	CHECK(va);
	CHECK_EQ(*va, 11);
	CHECK_EQ(frame_mappings(f), 1);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
}
