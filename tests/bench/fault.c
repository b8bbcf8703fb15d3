/* SPDX-License-Identifier: ISC
 * Faults: to a pager in another process, to the thread's own handler. */
#include "bench.h"

#define PAGED_VA   0x40000000u
#define PAGE_THERE 9

static struct child client;
static int client_l2, brought;
static uint32_t samples[BENCH_RUNS];

/* Touches the same page again and again, and tells how long that took. */
static void touch(void *shared)
{
	volatile uint32_t *told = shared;
	volatile uint32_t *page = (volatile uint32_t *)(uintptr_t)PAGED_VA;

	for (;;) {
		uint32_t begin = cycles_now();

		*page = 1;
		told[0] = cycles_now() - begin;
		if (msg_call((int)told[1], &(struct msg){.tag = PAGE_THERE}, -1))
			proc_exit(1);
	}
}

/* Answers one fault by mapping the page, hears what it cost, and takes the page away. */
static uint32_t page_once(struct msg *m, const volatile uint32_t *told)
{
	uint32_t cost;

	CHECK_EQ(m->tag, MSG_FAULT);
	CHECK_EQ(frame_map(client_l2, brought, 0, 0, 0, PAGE_RW), 0);
	*m = (struct msg){.from = m->from, .call = m->call};
	CHECK_EQ(msg_reply_recv(m->from, m, -1), 0);
	CHECK_EQ(m->tag, PAGE_THERE);
	cost = told[0] - cost_empty;
	CHECK_EQ(frame_unmap(client_l2, brought, 0, 0), 0);
	CHECK_EQ(msg_reply_recv(m->from, m, -1), 0);
	return cost;
}

static void row_pager(void)
{
	volatile uint32_t *told;
	struct msg m;

	client_l2 = l2_new();
	brought = mem_new(PAGE_SIZE);
	child_build(&client);
	told = client.shared;
	told[1] = (uint32_t)thread_self();
	CHECK_EQ(frame_map(client.l1, client_l2, PAGED_VA, 0, 0, F_MAP_TABLE | F_MAP_KEEP), 0);
	CHECK_EQ(vspace_swap(client.pid, client.l1), 0);
	CHECK_OK(proc_pager(client.pid, thread_self()));
	child_run(&client, touch);
	CHECK_EQ(msg_recv(&m, PATIENT), 0);
	for (unsigned i = 0; i < BENCH_RUNS; i++)
		samples[i] = page_once(&m, told);
	bench_samples("fault, pager maps a page, retry", 1, samples, BENCH_RUNS);
	CHECK_OK(proc_end(client.pid, 0));
	CHECK_OK(proc_wait(client.pid, PATIENT, NULL));
	CHECK_OK(proc_reap(client.pid));
}

/* ---- the thread's own handler ---- */

static struct upcall area;
static int own_l2, own;
static volatile uint32_t *spot;

/* The instruction, of 32 bits, is passed over. */
__attribute__((naked)) static void skip(void *a)
{
	(void)a;
	__asm__ volatile("ldr r1, [r0, %0]\n\tadd r1, r1, #4\n\tstr r1, [r0, %0]\n\tb thread_return"
			 :
			 : "I"(offsetof(struct upcall, r[15])));
}

static void raise_own(struct upcall *a)
{
	(void)a;
	frame_protect(own_l2, own, 0, PAGE_SIZE, RW);
}

/* Needs no VFP to be kept: nothing that it calls uses it. */
__attribute__((naked)) static void raise_entry(void *a)
{
	(void)a;
	__asm__ volatile("mov r4, r0\n\tbl %c0\n\tmov r0, r4\n\tb thread_return" : : "i"(raise_own));
}

static uint32_t skip_once(void)
{
	uint32_t cost;

	CHECK_EQ(frame_protect(own_l2, own, 0, PAGE_SIZE, F_MAP_READ), 0);
	cost = COST(__asm__ volatile("str.w %0, [%0]" : : "r"(spot) : "memory"));
	CHECK_EQ(spot[0], 0);
	return cost;
}

static uint32_t raise_once(void)
{
	uint32_t cost;

	CHECK_EQ(frame_protect(own_l2, own, 0, PAGE_SIZE, F_MAP_READ), 0);
	cost = COST(__asm__ volatile("str.w %0, [%0, #4]" : : "r"(spot) : "memory"));
	CHECK_EQ(spot[1], (uintptr_t)spot);
	CHECK_EQ(frame_protect(own_l2, own, 0, PAGE_SIZE, RW), 0);
	spot[1] = 0;
	return cost;
}

void bench_fault(void)
{
	row_pager();
	own = mem_new(PAGE_SIZE);
	own_l2 = l2_new();
	spot = vm_reserve(L2_SPAN, L2_SPAN);
	CHECK_OK(frame_map(vspace_root(0), own_l2, (uintptr_t)spot, 0, 0, F_MAP_TABLE));
	CHECK_OK(frame_map(own_l2, own, 0, 0, 0, PAGE_RW));
	CHECK_OK(thread_upcall(skip, &area));
	bench_row("fault, own handler, resume", 1, skip_once);
	CHECK_OK(thread_upcall(raise_entry, &area));
	bench_row("fault, own handler raises the right, resume", 1, raise_once);
	CHECK_OK(thread_upcall(NULL, NULL));
}
