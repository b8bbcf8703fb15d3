/* SPDX-License-Identifier: ISC
 * A right ends with who had it, and when it is withdrawn: nobody inherits it. */
#include "attack.h"

struct report {
	int l2, f_id;
	volatile int go, mapped, given, said;
};

static void uses(void *shared)
{
	struct report *r = shared;

	for (;;) {
		struct msg m = {.tag = 9};

		while (!r->go)
			thread_park(MS(1));
		r->mapped = frame_map(r->l2, r->f_id, 0, 0, 0, PAGE_RW);
		r->said = msg_send(r->given, &m, 0);
		r->given = frame_give(r->f_id, r->given);
		r->go = 0;
	}
}

static void use(struct child *c, int l2, int f_id)
{
	struct report *r = c->shared;

	r->l2 = l2;
	r->f_id = f_id;
	r->given = thread_self();
	r->go = 1;
	while (r->go)
		thread_park(MS(1));
}

ATTACK("use a right after it was withdrawn, or the right of a process that ended and whose room I live in now",
	"a way into tables and ports that was meant for somebody else")
{
	struct child first, c;
	struct report *r;
	struct mapping m;
	int l2 = l2_new(), f_id = mem_new(PAGE_SIZE);

	/* A grant to one that ends is gone: who comes to live in its frame has none. */
	child_make(&first);
	CHECK_OK(frame_allow(first.pid, ALLOW_MAP | ALLOW_GIVE | ALLOW_SEND));
	CHECK_OK(proc_end(first.pid, 0));
	CHECK_OK(proc_wait(first.pid, PATIENT, NULL));
	CHECK_OK(proc_reap(first.pid));
	CHECK_OK(page_free(first.proc));
	child_make(&c);
	child_credits(&c);
	r = c.shared;
	CHECK_OK(frame_give(f_id, c.pid));
	child_run(&c, uses);
	use(&c, l2, f_id);
	CHECK_ERR(r->mapped, ERR_FRAME);
	CHECK_ERR(r->given, ERR_RIGHT);
	/* Allowed, it may; withdrawn, no more, and what it mapped is its own to take away, or mine. */
	CHECK_OK(frame_allow(c.pid, ALLOW_MAP | ALLOW_SEND));
	use(&c, l2, f_id);
	CHECK_ERR(r->mapped, 0);
	CHECK_ERR(r->given, ERR_RIGHT);
	CHECK_OK(frame_allow(c.pid, 0));
	CHECK_OK(frame_unmap(l2, 0, 0, PAGE_SIZE));
	use(&c, l2, f_id);
	CHECK_ERR(r->mapped, ERR_FRAME);
	CHECK(r->said == ERR_RIGHT || r->said == ERR_PROC);
	CHECK(r->given < 0);
	CHECK_EQ(vspace_next(l2, 0, &m), 0);
	child_kill(&c);
}
