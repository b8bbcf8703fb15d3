/* SPDX-License-Identifier: ISC
 * A call that waits for its pager is begun again from the thread's registers: the number of the call is among them. */
#include "attack.h"

static void asks(void *shared)
{
	int *out = shared;

	out[0] = proc_info(0, (struct proc_info *)CHILD_FREE_VA);
	out[1] = 1;
	for (;;)
		thread_park(-1);
}

static void lands(void *shared)
{
	volatile uint32_t *n = shared;

	n[2] = 1;
	proc_exit(12);
}

/* Has a child's call fault, exchanges its registers, and lets the call go on. */
static void hijack(uint32_t call, bool repaired)
{
	struct child c;
	struct regs regs;
	struct msg m;
	int f_id = mem_new(PAGE_SIZE);

	child_start(&c, asks);
	child_message(&c, &m, MSG_FAULT);
	CHECK_OK(proc_stop(c.pid));
	CHECK_OK(thread_regs(c.pid, &regs, 0));
	regs.r[0] = CHILD_SHARED_VA;
	regs.r[12] = call;
	regs.r[15] = (uint32_t)(uintptr_t)lands & ~1u;
	regs.cpsr = (uintptr_t)lands & 1 ? 0x30 : 0x10;
	CHECK_OK(thread_regs(c.pid, &regs, 1));
	if (repaired)
		CHECK_OK(frame_map(c.l2, f_id, CHILD_FREE_VA, 0, 0, PAGE_RW));
	m = (struct msg){.tag = 0};
	CHECK_OK(msg_reply(c.pid, &m));
	CHECK_OK(proc_resume(c.pid));
	CHECK_EQ(child_refuse(&c), 12);
	CHECK_OK(page_free(f_id));
}

ATTACK("let a child's call fault on a pointer, set its registers so that the call has a number beyond the last, answer "
       "the fault",
	"a jump of the kernel to an address read from beyond its table of calls")
{
	static const uint32_t calls[] = {
		0x10000, CALL_LIMIT, 0x100, CALL_null, 0x1fffffff, 0x20000000, 0x7fffffff, 0xffffffff};

	for (unsigned n = 0; n < sizeof calls / sizeof *calls; n++) {
		hijack(calls[n], false);
		hijack(calls[n], true);
	}
}
