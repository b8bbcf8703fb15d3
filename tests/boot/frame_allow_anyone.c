/* SPDX-License-Identifier: ISC
 * Grants to anyone and to a pid, seen by msg_notify. */
#include "test.h"

struct report {
	int parent;
	int sent;
};

static void sender(void *shared)
{
	struct report *r = shared;

	r->sent = msg_notify(r->parent, 1);
	proc_exit(0);
}

TEST("a grant to a pid goes before one to anyone; a child may send until that is withdrawn")
{
	struct child a, b;
	struct report *r;
	struct msg m;

	child_make(&a);
	r = a.shared;
	r->parent = thread_self();
	child_run(&a, sender);
	CHECK_OK(proc_wait(a.pid, PATIENT, NULL));
	CHECK_EQ(r->sent, 0);
	CHECK_OK(msg_recv(&m, 0));
	CHECK_EQ(m.tag, MSG_NOTIFY);

	child_make(&b);
	r = b.shared;
	r->parent = thread_self();
	CHECK_OK(frame_allow(0, ALLOW_SEND));
	CHECK_OK(frame_allow(b.pid, 0));
	child_run(&b, sender);
	CHECK_OK(proc_wait(b.pid, PATIENT, NULL));
	CHECK_ERR(r->sent, ERR_RIGHT);
	CHECK_ERR(msg_recv(&m, 0), ERR_TIMEOUT);
}
