/* SPDX-License-Identifier: ISC
 * A page that another thread of the same process unmaps and maps, gives away and gets back, under calls that use it. */
#include "attack.h"

#define SECONDS_STACK (CHILD_STACK_VA + 0x1000)
#define CALLS         3000

struct report {
	int l2, f_id, parent;
	volatile int stop, calls, good, bad;
};

/* Unmaps and maps the page, and sends it away: the parent gives it back. */
static void takes(void *shared)
{
	struct report *r = shared;

	for (int n = 0; !r->stop; n++) {
		if (n % 8 == 0)
			frame_give(r->f_id, r->parent);
		else
			frame_unmap(r->l2, r->f_id, CHILD_FREE_VA, PAGE_SIZE);
		thread_park(30000);
		frame_map(r->l2, r->f_id, CHILD_FREE_VA, 0, 0, PAGE_RW);
		thread_park(30000);
	}
	thread_exit();
}

static void asks(void *shared)
{
	struct report *r = shared;

	for (; r->calls < CALLS; r->calls++) {
		int result = r->calls & 1 ? frame_info(r->l2, (struct frame *)CHILD_FREE_VA)
					  : proc_info(0, (struct proc_info *)(CHILD_FREE_VA + 0x800));

		if (result == 0)
			r->good++;
		else if (result != ERR_POINTER)
			r->bad = result;
	}
	r->stop = 1;
	thread_exit();
}

ATTACK("one thread calls with a pointer into a page that another unmaps and gives away again and again",
	"a write of the kernel's into a page after it was taken away, or a call that never ends")
{
	struct child c;
	struct report *r;
	struct msg m;
	int f_id = mem_new(PAGE_SIZE);

	child_make(&c);
	child_credits(&c);
	r = c.shared;
	*r = (struct report){.l2 = c.l2, .f_id = f_id, .parent = thread_self()};
	CHECK_OK(frame_give(f_id, c.pid));
	CHECK_OK(frame_allow(c.pid, ALLOW_SEND | ALLOW_GIVE));
	child_run(&c, asks);
	CHECK_OK(thread_new(c.pid, mem_new(THREAD_SIZE), (uintptr_t)takes, SECONDS_STACK, CHILD_SHARED_VA));
	do {
		if (msg_recv(&m, MS(1)) == ERR_TIMEOUT)
			m.tag = 0;
		frame_give(f_id, c.pid);
		if (m.tag == MSG_FAULT) {
			int from = m.from;

			m = (struct msg){.tag = 1};
			CHECK_OK(msg_reply(from, &m));
		}
	} while (m.tag != MSG_DIED);
	CHECK_EQ(r->bad, 0);
	CHECK_EQ(r->calls, CALLS);
	CHECK(r->good > 0);
	child_join(&c);
}
