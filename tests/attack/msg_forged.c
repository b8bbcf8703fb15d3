/* SPDX-License-Identifier: ISC
 * Rule 2, messages: what a sender may send is checked when it sends, and must not be exchanged afterwards. */
#include "attack.h"

#define TARGET 4 /* words of the shared page that tell the child what to do */

static void sends(void *shared)
{
	int *out = shared;
	struct msg m = {.tag = 1};

	out[1] = msg_send(out[TARGET], &m, -1);
	proc_exit(3);
}

static void lands(void *shared)
{
	(void)shared;
	proc_exit(12);
}

ATTACK("a child waits to send; its parent exchanges the waiting message for one of the kernel's tags, with a frame",
	"a forged fault or death at a server, and a frame where none is allowed")
{
	struct child c;
	struct regs regs;
	struct msg m;
	int f_id = mem_new(PAGE_SIZE);

	child_make(&c);
	((int *)c.shared)[TARGET] = thread_self();
	CHECK_OK(frame_give(f_id, c.pid));
	child_run(&c, sends);
	thread_park(SHORT);
	CHECK_OK(proc_stop(c.pid));
	CHECK_OK(thread_regs(c.pid, &regs, 0));
	CHECK_EQ(regs.r[12], CALL_msg_send);
	regs.r[1] = MSG_FAULT;
	regs.r[2] = (uint32_t)f_id;
	regs.r[15] = (uint32_t)(uintptr_t)lands & ~1u;
	regs.cpsr = (uintptr_t)lands & 1 ? 0x30 : 0x10;
	CHECK_OK(thread_regs(c.pid, &regs, 1));
	CHECK_ERR(msg_recv(&m, 0), ERR_TIMEOUT);
	CHECK_OK(proc_resume(c.pid));
	CHECK_EQ(child_join(&c), 12);
}
