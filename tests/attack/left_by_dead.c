/* SPDX-License-Identifier: ISC
 * Rule 11: what the kernel and a dead process leave in frames that come back. */
#include "attack.h"

#define SECRET 0x5ec2e70f

static void hides(void *shared)
{
	volatile uint32_t *n = shared;
	uint32_t r4 = SECRET;

	__asm__ volatile("mov r5, %0\n mov r6, %0\n  vmov s0, %0\n vmov s17, %0" ::"r"(r4) : "r5", "r6", "s0", "s17");
	n[0] = 1;
	for (;;)
		thread_park(-1);
}

static void clear_check(int f_id, size_t len)
{
	const volatile uint32_t *va = vm_map(f_id, 0, len, F_MAP_READ);

	CHECK(va);
	CHECK_EQ(frame_kind(f_id), FRAME_MEM);
	for (size_t n = 0; n < len / 4; n++)
		CHECK_EQ(va[n], 0);
	CHECK_OK(vm_unmap((void *)(uintptr_t)va, len));
}

ATTACK("read the frames in which processes, threads, records and tables lived after they came back as memory",
	"a dead process's registers, and the kernel's books with its addresses")
{
	struct child c;
	int second = mem_new(THREAD_SIZE), records = mem_new(2 * PAGE_SIZE), l1 = l1_new(), l2 = l2_new();
	int page = mem_new(PAGE_SIZE);

	child_start(&c, hides);
	child_says(&c, 0);
	CHECK_OK(thread_new(c.pid, second, (uintptr_t)hides, CHILD_STACK_VA + 512, CHILD_SHARED_VA));
	thread_park(SHORT);
	CHECK_OK(proc_end(c.pid, 0));
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	CHECK_OK(proc_reap(c.pid));
	clear_check(c.proc, PROC_SIZE);
	clear_check(second, THREAD_SIZE);
	CHECK_OK(frame_donate(records));
	CHECK_OK(frame_table(records, FRAME_MEM));
	clear_check(records, 2 * PAGE_SIZE);
	CHECK_OK(frame_map(l2, page, 0, 0, 0, PAGE_RW));
	CHECK_OK(frame_map(l1, l2, 0, 0, 0, F_MAP_TABLE));
	CHECK_OK(frame_unmap(l1, l2, 0, 0));
	CHECK_OK(frame_unmap(l2, page, 0, 0));
	CHECK_OK(frame_table(l1, FRAME_MEM));
	CHECK_OK(frame_table(l2, FRAME_MEM));
	clear_check(l1, L1_SIZE);
	clear_check(l2, L2_SIZE);
}
