/* SPDX-License-Identifier: ISC
 * Processes: an address space built and taken back, a whole life. */
#include "bench.h"

#define SPACE_PAGES 256
#define CODE_VA     0x10000

static int l1, l2, memory, proc, code, code_at;

/* Ends itself at once. */
__attribute__((naked, section(".text.bench_leave"))) static void leave(void)
{
	__asm__ volatile("mov r0, #3\n\tmov r12, %0\n\tsvc #0" : : "I"(CALL_proc_exit));
}

static uintptr_t leave_va(void)
{
	return CODE_VA + (uintptr_t)leave % PAGE_SIZE;
}

static uint32_t build, end;

/* 256 pages of one frame and the code in one L2, under a process that is started; then ended, reaped, and all memory again. */
static void space_once(void)
{
	int got = 0, pid = CHECK_OK(proc_new(proc)), status;

	build = COST({
		got |= frame_table(l1, FRAME_L1);
		got |= frame_table(l2, FRAME_L2);
		got |= frame_map(l1, l2, 0, 0, 0, F_MAP_TABLE);
		got |= frame_map(l2, memory, 0x20000, 0, 0, PAGE_RW);
		got |= frame_map(l2, code, CODE_VA, (size_t)code_at, PAGE_SIZE,
			F_MAP_PAGE | F_MAP_READ | F_MAP_EXEC | F_MAP_KEEP);
		got |= vspace_swap(pid, l1);
		got |= proc_start(pid, leave_va(), 0, 0);
	});
	CHECK_EQ(got, 0);
	CHECK_OK(proc_wait(pid, PATIENT, &status));
	CHECK_EQ(status, 3);
	end = COST({
		got |= proc_reap(pid);
		got |= frame_unmap(l2, 0, 0, L2_SPAN);
		got |= frame_unmap(l1, l2, 0, 0);
		got |= frame_table(l2, FRAME_MEM);
		got |= frame_table(l1, FRAME_MEM);
	});
	CHECK_EQ(got, 0);
}

static uint32_t life_once(void)
{
	int got = 0, pid, status = 0;
	uint32_t cost = COST({
		got |= frame_table(l1, FRAME_L1);
		got |= frame_table(l2, FRAME_L2);
		got |= frame_map(l1, l2, 0, 0, 0, F_MAP_TABLE);
		got |= frame_map(l2, code, CODE_VA, (size_t)code_at, PAGE_SIZE,
			F_MAP_PAGE | F_MAP_READ | F_MAP_EXEC | F_MAP_KEEP);
		pid = proc_new(proc);
		got |= vspace_swap(pid, l1);
		got |= proc_start(pid, leave_va(), 0, 0);
		got |= proc_wait(pid, -1, &status);
		got |= proc_reap(pid);
		got |= frame_unmap(l2, 0, CODE_VA, PAGE_SIZE);
		got |= frame_unmap(l1, l2, 0, 0);
		got |= frame_table(l2, FRAME_MEM);
		got |= frame_table(l1, FRAME_MEM);
	});

	CHECK_EQ(got, 0);
	CHECK_EQ(status, 3);
	return cost;
}

void bench_proc(void)
{
	uint32_t builds[BENCH_RUNS], ends[BENCH_RUNS];
	struct mapping m;

	CHECK_OK(vspace_resolve(vspace_root(0), (uintptr_t)leave, &m));
	code = m.f_id;
	code_at = (int)(m.offset & ~(size_t)(PAGE_SIZE - 1));
	l1 = mem_new(L1_SIZE);
	l2 = mem_new(L2_SIZE);
	proc = mem_new(PROC_SIZE);
	memory = mem_new(SPACE_PAGES * PAGE_SIZE);
	for (unsigned i = 0; i < BENCH_RUNS; i++) {
		space_once();
		builds[i] = build;
		ends[i] = end;
	}
	bench_samples("build a space of 256 pages and start it", SPACE_PAGES, builds, BENCH_RUNS);
	bench_samples("end it and take everything back", SPACE_PAGES, ends, BENCH_RUNS);
	bench_row("a process's whole life", 1, life_once);
}
