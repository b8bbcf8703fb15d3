/* SPDX-License-Identifier: ISC
 * Rule 11: what the kernel copies out it has written, the holes of its structures too. */
#include <string.h>
#include "attack.h"

static void parks(void *shared)
{
	(void)shared;
	thread_park(-1);
}

/* Leaves something on the kernel's stack. */
static void stack_stir(int n)
{
	struct mapping m = {0};
	struct frame f;

	switch (n % 5) {
	case 0:
		frame_info(mem_new(PAGE_SIZE), &f);
		break;
	case 1:
		vspace_next(vspace_root(0), 0, &m);
		break;
	case 2:
		vspace_resolve(vspace_root(0), (uintptr_t)stack_stir, &m);
		break;
	case 3:
		thread_park(1000);
		break;
	default:
		CHECK(vm_map(mem_new(PAGE_SIZE), 0, 0, RW));
	}
}

ATTACK("read a thread's registers after other calls, and look into the bytes that belong to none",
	"words of the kernel's stack: its addresses, other processes' values")
{
	struct child c;
	struct regs regs;
	const unsigned char *tail = (const unsigned char *)(&regs.tls + 1);

	_Static_assert(sizeof regs == 84 * sizeof(uint32_t), "as compiled programs know it");
	child_start(&c, parks);
	thread_park(SHORT);
	CHECK_OK(proc_stop(c.pid));
	for (int n = 0; n < 30; n++) {
		memset(&regs, 0xa5, sizeof regs);
		stack_stir(n);
		CHECK_OK(thread_regs(c.pid, &regs, 0));
		for (const unsigned char *at = tail; at < (const unsigned char *)(&regs + 1); at++)
			CHECK_EQ(*at, 0);
	}
	child_kill(&c);
}
