/* SPDX-License-Identifier: ISC
 * Helpers of the attack programs.  Judges nothing but what it is asked to. */
#include "attack.h"

int l2_of(const volatile void *va, uintptr_t *at)
{
	struct mapping m;

	CHECK_EQ(vspace_next(vspace_root(0), (uintptr_t)va & ~(uintptr_t)(L2_SPAN - 1), &m), 1);
	CHECK(m.flags & F_MAP_TABLE);
	if (at)
		*at = (uintptr_t)va % L2_SPAN;
	return m.f_id;
}

void page_make(struct page *p)
{
	p->f_id = mem_new(PAGE_SIZE);
	p->va = vm_map(p->f_id, 0, 0, RW);
	CHECK(p->va);
	p->l2 = l2_of(p->va, &p->at);
}

void page_map(struct page *p)
{
	CHECK_OK(frame_map(p->l2, p->f_id, p->at, 0, 0, PAGE_RW));
}

void page_touch(struct page *p)
{
	p->va[1] = p->va[0];
}

void page_gone(struct page *p)
{
	CHECK(!probe_read(p->va));
	CHECK(probe_fault.kind & FAULT_NOMAP);
	CHECK(!probe_write((volatile void *)p->va));
}

/* Answers one message of the child: true if it was the last. */
static bool refuse_one(struct child *c)
{
	struct msg m;

	CHECK_OK(msg_recv(&m, PATIENT));
	if (m.tag == MSG_DIED && m.from == c->pid)
		return true;
	CHECK_EQ(m.tag, MSG_FAULT);
	m = (struct msg){.from = m.from, .tag = 1};
	CHECK_OK(msg_reply(m.from, &m));
	return false;
}

int child_refuse(struct child *c)
{
	while (!refuse_one(c))
		continue;
	return child_join(c);
}

void child_kill(struct child *c)
{
	int err = proc_end(c->pid, 0);

	CHECK(err == 0 || err == ERR_DEAD);
	child_join(c);
}

void child_says(struct child *c, unsigned n)
{
	volatile uint32_t *said = c->shared;
	int64_t end = time_now() + PATIENT;

	while (!said[n]) {
		CHECK(time_now() < end);
		thread_park(MS(1));
	}
}
