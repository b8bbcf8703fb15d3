/* SPDX-License-Identifier: ISC
 * A handler's area where nothing can be written: checked at every fault, not only when it is named. */
#include "attack.h"

static const uintptr_t areas[] = {
	0x80000000, 0xe0000000, 0xf0000000, 0xffff0000, 0xfffffffc, USER_END - 4, USER_END - sizeof(struct upcall) + 4};

struct report {
	int wrong;
};

static void handler(void *area)
{
	(void)area;
	proc_exit(66);
}

/* Faults with an area that is missing, read-only, or has just been busy. */
static void faults(void *shared)
{
	struct report *r = shared;

	for (unsigned n = 0; n < sizeof areas / sizeof *areas; n++)
		r->wrong += thread_upcall(handler, (void *)areas[n]) != ERR_RANGE;
	r->wrong += thread_upcall(handler, (void *)(CHILD_FREE_VA + 1)) != ERR_ALIGN;
	r->wrong += thread_upcall((void (*)(void *))USER_END, (void *)CHILD_FREE_VA) != ERR_RANGE;
	thread_upcall(handler, (void *)CHILD_FREE_VA); /* nothing is there */
	*(volatile int *)(CHILD_FREE_VA + 0x8000) = 1;
	thread_upcall(handler, (void *)((uintptr_t)handler & ~3u)); /* read-only */
	*(volatile int *)(CHILD_FREE_VA + 0x9000) = 1;
	thread_upcall(handler, (void *)(CHILD_STACK_VA + CHILD_STACK_LEN - 16)); /* its end is nowhere */
	*(volatile int *)(CHILD_FREE_VA + 0xa000) = 1;
	proc_exit(5);
}

ATTACK("name an area for faults in the kernel, at the end of user space, in read-only or missing pages, and fault",
	"the kernel writing a thread's registers where the thread cannot")
{
	struct child c;
	struct msg m;

	child_start(&c, faults);
	for (uintptr_t n = 0; n < 3; n++) {
		child_message(&c, &m, MSG_FAULT);
		CHECK_EQ(m.word[0], CHILD_FREE_VA + 0x8000 + n * 0x1000);
		CHECK_OK(frame_map(c.l2, mem_new(PAGE_SIZE), m.word[0], 0, 0, PAGE_RW));
		m = (struct msg){.tag = 0};
		CHECK_OK(msg_reply(c.pid, &m));
	}
	CHECK_OK(proc_wait(c.pid, PATIENT, (int *)&m.tag));
	CHECK_EQ(m.tag, 5);
	CHECK_EQ(((struct report *)c.shared)->wrong, 0);
}
