/* SPDX-License-Identifier: ISC
 * Who runs: yields, interrupts, a process's two vspaces. */
#include "../boot/raiser.h"
#include "bench.h"

static struct child other;
static uint32_t samples[BENCH_RUNS];

static void yield(void *shared)
{
	(void)shared;
	for (;;)
		thread_yield();
}

static uint32_t yield_once(void)
{
	return COST(thread_yield());
}

static void other_end(void)
{
	CHECK_OK(proc_end(other.pid, 0));
	CHECK_OK(child_join(&other));
}

/* The last time that nobody had anything better to do. */
static void watch(void *shared)
{
	for (;;)
		*(volatile uint32_t *)shared = cycles_now();
}

static void row_irq(void)
{
	const struct raiser *device;
	int irq, f = raiser_new(&irq, &device);
	volatile uint32_t *regs = vm_map(f, 0, 0, RW), *last;
	struct msg m;

	CHECK(regs);
	CHECK_OK(irq_bind(irq, 9));
	child_make(&other);
	last = other.shared;
	CHECK_OK(proc_priority(other.pid, 1));
	CHECK_OK(thread_priority(other.pid, 1));
	child_run(&other, watch);
	for (unsigned i = 0; i < BENCH_RUNS; i++) {
		device->raise(regs);
		CHECK_OK(msg_recv(&m, PATIENT));
		samples[i] = cycles_now() - *last;
		CHECK_EQ(m.tag, MSG_NOTIFY);
		device->quiet(regs);
		CHECK_OK(irq_ack(irq));
	}
	bench_samples("interrupt, user driver runs", 1, samples, BENCH_RUNS);
	CHECK_OK(irq_bind(irq, -1));
	device_return(f);
	other_end();
}

/* ---- two vspaces ---- */

static void l2_copy(int to, int from)
{
	struct mapping m;

	for (uintptr_t at = 0; at < L2_SPAN && CHECK_OK(vspace_next(from, at, &m)); at = m.at + m.len)
		frame_map(to, m.f_id, m.at, m.offset, m.len, m.flags);
}

/* A copy of what is mapped here; what is not this process's is left out. */
static int vspace_copy(int from)
{
	int copy = l1_new();
	struct mapping m;

	for (uintptr_t at = 0; at < USER_END && CHECK_OK(vspace_next(from, at, &m)); at = m.at + L2_SPAN) {
		int l2 = l2_new();

		l2_copy(l2, m.f_id);
		CHECK_OK(frame_map(copy, l2, m.at, 0, 0, F_MAP_TABLE));
	}
	return copy;
}

static void row_swap(void)
{
	int old = CHECK_OK(vspace_root(0)), copy = vspace_copy(old), there, back;

	for (unsigned i = 0; i < BENCH_RUNS; i++) {
		samples[i] = COST(there = vspace_swap(0, copy));
		back = vspace_swap(0, old);
		CHECK_EQ(there, old);
		CHECK_EQ(back, copy);
	}
	bench_samples("swap the vspace of the same process", 1, samples, BENCH_RUNS);
}

void bench_time(void)
{
	child_make(&other);
	child_run(&other, yield);
	for (unsigned i = 0; i < BENCH_RUNS; i++)
		samples[i] = yield_once();
	bench_samples("yield to another process", 2, samples, BENCH_RUNS);
	other_end();
	row_irq();
	row_swap();
}
