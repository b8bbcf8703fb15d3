/* SPDX-License-Identifier: ISC
 * A structure across two pages of which one is always missing: what the kernel found a moment ago is gone when it
 * begins the call again. */
#include "attack.h"

#define SPAN   (4 * PAGE_SIZE) /* each call has two pages of its own */
#define ROUNDS 40
#define CALLS  8

struct report {
	int l1, l2, frame, proc_f, result[CALLS];
};

/* Eight bytes before the end of the first page of call n. */
static void *across(int n)
{
	return (void *)(uintptr_t)(CHILD_FREE_VA + n * SPAN + PAGE_SIZE - 8);
}

static void asks(void *shared)
{
	struct report *r = shared;
	int child = proc_new(r->proc_f);

	r->result[0] = frame_info(r->frame, across(0));
	r->result[1] = proc_info(0, across(1));
	r->result[2] = frame_maps(r->frame, across(2));
	r->result[3] = frame_batch(across(3), 1);
	r->result[4] = vspace_next(r->l1, 0, across(4));
	r->result[5] = vspace_resolve(r->l1, CHILD_STACK_VA, across(5));
	r->result[6] = thread_regs(child, across(6), 0);
	r->result[7] = thread_regs(child, across(7), 1);
	proc_exit(0);
}

/* Answers a fault by taking away the other page, every other time by giving it to somebody else. */
static void exchange(struct child *c, int other, uintptr_t at, int round)
{
	uintptr_t gone = (at & ~(uintptr_t)(PAGE_SIZE - 1)) ^ PAGE_SIZE;
	struct mapping m;

	if (vspace_resolve(c->l1, gone, &m) == 0) {
		if (round & 1)
			CHECK_OK(frame_give(m.f_id, other));
		else
			CHECK_OK(frame_unmap(c->l2, m.f_id, gone, PAGE_SIZE));
	}
	CHECK_OK(frame_map(c->l2, mem_new(PAGE_SIZE), at & ~(uintptr_t)(PAGE_SIZE - 1), 0, 0, PAGE_RW));
}

ATTACK("a pager that, for each page that a call needs, takes away the one it had before, or gives it to somebody else",
	"a write of the kernel's into a page that is no longer the caller's")
{
	struct child c, other;
	struct report *r;
	struct msg m = {0};
	int faults = 0;

	child_make(&other);
	child_make(&c);
	r = c.shared;
	*r = (struct report){.l1 = c.l1, .l2 = c.l2, .frame = c.stack_f, .proc_f = mem_new(PROC_SIZE)};
	child_credits(&c);
	CHECK_OK(frame_give(r->proc_f, c.pid));
	child_run(&c, asks);
	for (;;) {
		CHECK_OK(msg_recv(&m, PATIENT));
		if (m.tag == MSG_DIED)
			break;
		CHECK_EQ(m.tag, MSG_FAULT);
		faults++;
		if (faults % ROUNDS) {
			exchange(&c, other.pid, m.word[0], faults);
		} else { /* the call may end now */
			CHECK_OK(frame_map(c.l2, mem_new(PAGE_SIZE), m.word[0] & ~(PAGE_SIZE - 1u), 0, 0, PAGE_RW));
		}
		m = (struct msg){.from = m.from, .tag = 0};
		CHECK_OK(msg_reply(m.from, &m));
	}
	CHECK(faults >= CALLS * ROUNDS);
	for (int n = 0; n < CALLS; n++)
		CHECK_EQ(r->result[n], n == 2 || n == 4); /* 1: a mapping was found */
	child_kill(&other);
}
