/* SPDX-License-Identifier: ISC
 * A page that another thread of the same process unmaps and maps, gives away and gets back, under calls that use it.  Whom it is given to
 * looks whether anything is still written there. */
#include "attack.h"

#define SECONDS_STACK (CHILD_STACK_VA + 0x1000)
#define ROUNDS        400 /* of each call */
#define AT(n)         ((void *)(uintptr_t)(CHILD_FREE_VA + (n)*0x180))

enum { INFO, PROC_INFO, MAPS, NEXT, RESOLVE, WAIT, REGS, SET_REGS, BATCH, RETURN, CALLS };

struct report {
	int l1, l2, f_id, parent, proc_f, dead_f;
	int child, dead;
	volatile int stop, calls, good, missed, bad, given, unmapped;
};

/* Unmaps and maps the page, or sends it away: the parent gives it back. */
static void takes(void *shared)
{
	struct report *r = shared;

	for (int n = 0; !r->stop; n++) {
		if (n % 8 == 0)
			r->given += frame_give(r->f_id, r->parent) == 0;
		else
			r->unmapped += frame_unmap(r->l2, r->f_id, CHILD_FREE_VA, PAGE_SIZE) == 0;
		thread_park(30000);
		frame_map(r->l2, r->f_id, CHILD_FREE_VA, 0, 0, PAGE_RW); /* refused while it is the parent's */
		thread_park(30000);
	}
	thread_exit();
}

static int call(const struct report *r, int n)
{
	switch (n) {
	case INFO:
		return frame_info(r->l2, AT(INFO));
	case PROC_INFO:
		return proc_info(0, AT(PROC_INFO));
	case MAPS:
		return frame_maps(r->l2, AT(MAPS));
	case NEXT:
		return vspace_next(r->l1, 0, AT(NEXT));
	case RESOLVE:
		return vspace_resolve(r->l1, CHILD_STACK_VA, AT(RESOLVE));
	case WAIT:
		return proc_wait(r->dead, 0, AT(WAIT));
	case REGS:
		return thread_regs(r->child, AT(REGS), 0);
	case SET_REGS:
		return thread_regs(r->child, AT(REGS), 1);
	case BATCH:
		return frame_batch(AT(BATCH), 1);
	default:
		return thread_return(AT(RETURN)); /* to `asks` */
	}
}

/* One call after the other; that which goes on elsewhere goes on here. */
static void asks(void *shared)
{
	struct report *r = shared;

	while (r->calls < CALLS * ROUNDS) {
		int n = r->calls++ % CALLS, result;

		r->good += n == RETURN; /* unless it comes back */
		result = call(r, n);
		r->good -= n == RETURN;
		if (result >= 0 ||
			(n == MAPS && result == ERR_NOMAP)) /* it asks for what is after what was written there */
			r->good++;
		else if (result == ERR_POINTER)
			r->missed++;
		else
			r->bad = result;
	}
	r->stop = 1;
	thread_exit();
}

static void begins(void *shared)
{
	struct report *r = shared;
	struct upcall *area = AT(RETURN);

	r->child = proc_new(r->proc_f);
	r->dead = proc_new(r->dead_f);
	proc_end(r->dead, 1);
	*area = (struct upcall){.cpsr = 0x10 | ((uintptr_t)asks & 1 ? 0x20 : 0)};
	area->r[0] = (uint32_t)(uintptr_t)shared;
	area->r[13] = CHILD_STACK_VA + CHILD_STACK_LEN;
	area->r[15] = (uint32_t)(uintptr_t)asks;
	r->stop = 0;
	asks(shared);
}

/* The page is mine for a while: nothing in it changes. */
static void watch(int f_id)
{
	const volatile uint32_t *va = vm_map(f_id, 0, PAGE_SIZE, F_MAP_READ);
	uint32_t was[PAGE_SIZE / 4];

	CHECK(va);
	for (unsigned i = 0; i < PAGE_SIZE / 4; i++)
		was[i] = va[i];
	CHECK_ERR(thread_park(MS(1)), ERR_TIMEOUT);
	for (unsigned i = 0; i < PAGE_SIZE / 4; i++)
		CHECK_EQ(va[i], was[i]);
	CHECK_OK(vm_unmap((void *)(uintptr_t)va, PAGE_SIZE));
}

/* Takes the child's messages and what it gives away until it has ended: how many faults there were. */
static int serve(const struct child *c, int f_id)
{
	struct frame info;
	struct msg m;
	int faults = 0;

	for (;;) {
		if (msg_recv(&m, MS(1)) == ERR_TIMEOUT)
			m.tag = 0;
		if (m.tag == MSG_DIED)
			return faults;
		if (frame_info(f_id, &info) == 0 && frame_next(c->pid, f_id) == ERR_FRAME) {
			watch(f_id);
			CHECK_OK(frame_give(f_id, c->pid));
		}
		if (m.tag == MSG_FAULT) {
			faults++;
			CHECK_OK(msg_reply(m.from, &(struct msg){.tag = 1}));
		}
	}
}

static int frame_for(const struct child *c, size_t len)
{
	int f_id = mem_new(len);

	CHECK_OK(frame_give(f_id, c->pid));
	return f_id;
}

ATTACK("one thread calls with a pointer into a page that another unmaps and gives away again and again",
	"a write of the kernel's into a page after it was taken away, or a call that never ends")
{
	struct child c;
	struct report *r;
	int f_id = mem_new(PAGE_SIZE);

	child_make(&c);
	child_credits(&c);
	r = c.shared;
	*r = (struct report){.l1 = c.l1, .l2 = c.l2, .f_id = f_id, .parent = thread_self(), .stop = 1};
	r->proc_f = frame_for(&c, PROC_SIZE);
	r->dead_f = frame_for(&c, PROC_SIZE);
	CHECK_OK(frame_map(c.l2, f_id, CHILD_FREE_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_give(f_id, c.pid));
	CHECK_OK(frame_allow(c.pid, ALLOW_SEND | ALLOW_GIVE));
	child_run(&c, begins);
	while (r->stop)
		CHECK_ERR(thread_park(MS(1)), ERR_TIMEOUT);
	CHECK_OK(thread_new(c.pid, mem_new(THREAD_SIZE), (uintptr_t)takes, SECONDS_STACK, CHILD_SHARED_VA));
	CHECK(serve(&c, f_id) > 0);
	CHECK_EQ(r->bad, 0);
	CHECK_EQ(r->calls, CALLS * ROUNDS);
	CHECK(r->good > 0 && r->missed > 0 && r->given > 0 && r->unmapped > 0);
	child_join(&c);
}
