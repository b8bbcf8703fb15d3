/* SPDX-License-Identifier: ISC
 * The kinds of faults. */
#include "test.h"

static void faults(void *shared)
{
	volatile int *page = (volatile int *)CHILD_FREE_VA;

	(void)shared;
	(void)*page;
	*page = 1;
	((void (*)(void))(CHILD_FREE_VA + 1))();
	proc_exit(0);
}

/* Receives a fault of this kind, repairs it and lets the child try again. */
static void fault_answer(struct child *c, uint32_t kind, int f_id, int rights)
{
	struct msg m;

	child_message(c, &m, MSG_FAULT);
	CHECK_EQ(m.word[2], kind);
	CHECK_EQ(m.word[4], c->l2);
	CHECK_OK(frame_protect(c->l2, f_id, CHILD_FREE_VA, 0, rights));
	m = (struct msg){.tag = 0};
	CHECK_OK(msg_reply(c->pid, &m));
}

TEST("reading, writing and executing, without a right and where nothing is mapped, are told apart")
{
	struct child c;
	struct msg m;
	int f = mem_new(PAGE_SIZE);

	child_start(&c, faults);
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[2], FAULT_READ | FAULT_NOMAP);
	CHECK_OK(frame_map(c.l2, f, CHILD_FREE_VA, 0, 0, PAGE_RW | F_MAP_EXEC));
	CHECK_OK(frame_protect(c.l2, f, CHILD_FREE_VA, 0, 0));
	m = (struct msg){.tag = 0};
	CHECK_OK(msg_reply(c.pid, &m));
	fault_answer(&c, FAULT_READ | FAULT_RIGHT, f, F_MAP_READ);
	fault_answer(&c, FAULT_WRITE | FAULT_RIGHT, f, RW);
	child_message(&c, &m, MSG_FAULT);
	CHECK_EQ(m.word[2], FAULT_EXEC | FAULT_RIGHT);
	CHECK_EQ(m.word[0], CHILD_FREE_VA);
	m = (struct msg){.tag = 9};
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_EQ(child_join(&c), 9);
}
