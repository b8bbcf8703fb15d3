/* SPDX-License-Identifier: ISC
 * Every call that takes a pointer, with every sort of bad pointer.  The child's parent refuses its faults. */
#include <stdio.h>
#include "attack.h"

#define NOBODY  CHILD_FREE_VA                    /* nothing is mapped there */
#define READ_VA (CHILD_FREE_VA + 4 * PAGE_SIZE)  /* zeros, read-only, then nothing */
#define GOOD_VA (CHILD_FREE_VA + 8 * PAGE_SIZE)  /* mine, then nothing */
#define NONE_VA (CHILD_FREE_VA + 12 * PAGE_SIZE) /* mapped with all rights taken */
#define TOP_VA  (USER_END - PAGE_SIZE)           /* mine */

#define STATUS  7 /* of the child that has ended */

enum { INFO, MAPS, NEXT, RESOLVE, PROC_INFO, WAIT, WAIT_DEAD, REGS, SET_REGS, BATCH, RETURN, UPCALL, CALLS };

/* What the child has, and what it found. */
struct report {
	int l1, l2, frame, proc_f, dead_f;
	int call, place, result; /* the first that was not as it should be; call < 0: none */
	int frames, credits;     /* that it had lost or won at the end */
};

struct place {
	uintptr_t at;
	int in, out; /* what calls answer that read there, and that write */
};

static const struct place places[] = {
	{0, ERR_POINTER, ERR_POINTER},
	{4, ERR_POINTER, ERR_POINTER},
	{NOBODY, ERR_POINTER, ERR_POINTER},
	{READ_VA, 0, ERR_POINTER},
	{READ_VA + PAGE_SIZE - 4, ERR_POINTER, ERR_POINTER},
	{GOOD_VA, 0, 0},
	{GOOD_VA + PAGE_SIZE - 4, ERR_POINTER, ERR_POINTER},
	{GOOD_VA - 4, ERR_POINTER, ERR_POINTER},
	{NONE_VA, ERR_POINTER, ERR_POINTER},
	{TOP_VA, 0, 0},
	{USER_END - 4, ERR_POINTER, ERR_POINTER},
	{0x80000000, ERR_POINTER, ERR_POINTER},
	{0x80010000, ERR_POINTER, ERR_POINTER},
	{0xc0000000, ERR_POINTER, ERR_POINTER},
	{0xdffffffc, ERR_POINTER, ERR_POINTER},
	{0xe0000000, ERR_POINTER, ERR_POINTER},
	{0xe0000ffc, ERR_POINTER, ERR_POINTER},
	{0xe8000000, ERR_POINTER, ERR_POINTER},
	{0xf0000000, ERR_POINTER, ERR_POINTER},
	{0xffff0000, ERR_POINTER, ERR_POINTER},
	{0xfffffff0, ERR_POINTER, ERR_POINTER},
	{0xfffffffc, ERR_POINTER, ERR_POINTER},
};

static void never(void *area)
{
	(void)area;
	proc_exit(2);
}

/* A fault with that place to save registers in: it is refused, like one without. */
static int fault_with(const struct report *r, void *area)
{
	int result = ERR_POINTER;

	if (thread_upcall(never, area) == 0)
		result = frame_info(r->frame, (void *)NOBODY);
	thread_upcall(NULL, NULL);
	return result;
}

/* Makes one call; a success of whatever sort is 0. */
static int call(int n, const struct report *r, int child, int dead, void *p)
{
	int result = 0;

	switch (n) {
	case INFO:
		result = frame_info(r->frame, p);
		break;
	case MAPS:
		*(volatile int *)GOOD_VA = ((volatile int *)GOOD_VA)[1] = 0; /* the first mapping is asked for */
		*(volatile int *)TOP_VA = ((volatile int *)TOP_VA)[1] = 0;
		result = frame_maps(r->l2, p);
		break;
	case NEXT:
		result = vspace_next(r->l1, 0, p);
		break;
	case RESOLVE:
		result = vspace_resolve(r->l1, GOOD_VA, p);
		break;
	case PROC_INFO:
		result = proc_info(0, p);
		break;
	case WAIT:
		result = proc_wait(child, 0, p);
		result = result == ERR_TIMEOUT || !p ? 0 : result;
		break;
	case WAIT_DEAD:
		result = proc_wait(dead, 0, p);
		if (result == 0 && p && *(volatile int *)p != STATUS)
			result = *(volatile int *)p;
		break;
	case REGS:
		result = thread_regs(child, p, 0);
		break;
	case SET_REGS:
		result = thread_regs(child, p, 1);
		break;
	case BATCH:
		result = frame_batch(p, 1);
		break;
	case RETURN:
		result = thread_return(p);
		break;
	case UPCALL:
		result = fault_with(r, p);
		break;
	}
	return result > 0 ? 0 : result;
}

static int expected(int n, const struct place *p)
{
	bool waits = n == WAIT || n == WAIT_DEAD;

	if (waits && !p->at)
		return 0;                                /* no status is wanted */
	if (waits && p->at % PAGE_SIZE == PAGE_SIZE - 4) /* one word */
		return p->at == GOOD_VA - 4 || p->at >= USER_END ? ERR_POINTER : p->at < GOOD_VA ? ERR_POINTER : 0;
	return n == SET_REGS ? p->in : p->out;
}

static void tries(void *shared)
{
	struct report *r = shared;
	int child = proc_new(r->proc_f), dead = proc_new(r->dead_f);
	struct proc_info before, after;

	if (proc_end(dead, STATUS))
		proc_exit(3);

	proc_info(0, &before);
	for (int n = 0; n < CALLS; n++)
		for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
			int result;

			if (n >= RETURN && places[i].out == 0)
				continue; /* it would go on somewhere else */
			result = call(n, r, child, dead, (void *)places[i].at);
			if (result == expected(n, &places[i]))
				continue;
			r->call = n;
			r->place = (int)places[i].at;
			r->result = result;
			proc_exit(1);
		}
	proc_info(0, &after);
	r->frames = after.frames - before.frames;
	r->credits = after.credits - before.credits;
	proc_exit(0);
}

static int frame_for(struct child *c, size_t len)
{
	int f_id = mem_new(len);

	CHECK_OK(frame_give(f_id, c->pid));
	return f_id;
}

static void child_equip(struct child *c, struct report *r)
{
	int top = l2_new(), zeros = mem_new(PAGE_SIZE);

	CHECK_OK(frame_map(c->l1, top, USER_END - L2_SPAN, 0, 0, F_MAP_TABLE));
	CHECK_OK(frame_map(top, mem_new(PAGE_SIZE), L2_SPAN - PAGE_SIZE, 0, 0, PAGE_RW));
	CHECK_OK(frame_map(c->l2, mem_new(PAGE_SIZE), GOOD_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_map(c->l2, mem_new(PAGE_SIZE), NONE_VA, 0, 0, PAGE_RW));
	CHECK_OK(frame_protect(c->l2, 0, NONE_VA, PAGE_SIZE, 0));
	CHECK_OK(frame_map(c->l2, zeros, READ_VA, 0, 0, PAGE_RO));
	CHECK_EQ(vspace_swap(c->pid, c->l1), 0);
	child_credits(c);
	*r = (struct report){.l1 = c->l1, .l2 = c->l2, .call = -1};
	r->frame = frame_for(c, PAGE_SIZE);
	r->proc_f = frame_for(c, PROC_SIZE);
	r->dead_f = frame_for(c, PROC_SIZE);
}

ATTACK("give every call that takes a pointer null, kernel addresses, ends of user space, pages without the right or "
       "missing",
	"reading or writing kernel memory through the kernel's own accesses, or a kernel that panics")
{
	struct child c;
	struct report *r;
	struct msg m;
	int status;

	child_build(&c);
	r = c.shared;
	child_equip(&c, r);
	child_run(&c, tries);
	while (proc_wait(c.pid, 0, &status) == ERR_TIMEOUT) {
		if (msg_recv(&m, MS(100)) || m.tag != MSG_FAULT)
			continue;
		m = (struct msg){.from = m.from, .tag = 1};
		CHECK_OK(msg_reply(m.from, &m));
	}
	if (r->call >= 0)
		printf("  call %d at %#x: %d\n", r->call, (unsigned)r->place, r->result);
	CHECK_EQ(r->call, -1);
	CHECK_EQ(status, 0);
	CHECK_EQ(r->frames, 0);
	CHECK_EQ(r->credits, 0);
}
