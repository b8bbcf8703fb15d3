/* SPDX-License-Identifier: ISC
 * Messages between two processes: round trips, frames that go along, notifications. */
#include "bench.h"

#define MIB_PAGES 256

static struct child peer;
static struct msg m;

static void peer_end(void)
{
	CHECK_OK(proc_end(peer.pid, 0));
	CHECK_OK(child_join(&peer));
}

/* Answers everything, with the frame that came. */
static void answer(void *shared)
{
	struct msg got = {0};

	(void)shared;
	if (msg_recv(&got, -1))
		proc_exit(1);
	for (;;)
		if (msg_reply_recv(got.from, &got, -1))
			proc_exit(2);
}

static uint32_t trip_once(void)
{
	int got;
	uint32_t cost;

	m = (struct msg){.tag = 7};
	cost = COST(got = msg_call(peer.pid, &m, -1));
	CHECK_EQ(got, 0);
	CHECK_EQ(m.tag, 7);
	return cost;
}

static uint32_t trip_4_once(void)
{
	int got;
	uint32_t cost;

	m = (struct msg){.tag = 7, .word = {1, 2, 3, 4}};
	cost = COST(got = msg_call(peer.pid, &m, -1));
	CHECK_EQ(got, 0);
	CHECK_EQ(m.word[3], 4);
	return cost;
}

static int carried;

static uint32_t trip_frame_once(void)
{
	int got;
	uint32_t cost;

	m = (struct msg){.frame = carried};
	cost = COST(got = msg_call(peer.pid, &m, -1));
	CHECK_EQ(got, 0);
	CHECK_EQ(m.frame, carried);
	return cost;
}

#define HAND_VA  0x40000000u
#define HAND_OUT 1 /* to be taken out and answered with */

static int hand_l2, hand_frame, here_l2;
static volatile char *here;

/* Maps what comes as pages and answers; or gives it back, unmapped.  Its shared page tells the L2. */
static void take(void *shared)
{
	int l2 = *(volatile int *)shared;
	struct msg got;

	if (msg_recv(&got, -1))
		proc_exit(1);
	for (;;) {
		int f = got.tag == HAND_OUT ? (int)got.word[0] : got.frame;

		if (got.tag == HAND_OUT ? frame_unmap(l2, f, 0, 0) : frame_map(l2, f, 0, 0, 0, PAGE_RW))
			proc_exit(2);
		got.frame = got.tag == HAND_OUT ? f : 0;
		if (msg_reply_recv(got.from, &got, -1))
			proc_exit(3);
	}
}

static uint32_t hand_once(void)
{
	int got;
	uint32_t cost;

	CHECK_EQ(frame_map(here_l2, hand_frame, 0, 0, 0, PAGE_RW), 0);
	here[0] = 1;
	m = (struct msg){.frame = hand_frame};
	cost = COST(got = msg_call(peer.pid, &m, -1));
	CHECK_EQ(got, 0);
	CHECK(!probe_read(here));
	m = (struct msg){.tag = HAND_OUT, .word = {(uint32_t)hand_frame}};
	CHECK_EQ(msg_call(peer.pid, &m, -1), 0);
	CHECK_EQ(m.frame, hand_frame);
	return cost;
}

static void row_hand(void)
{
	hand_frame = mem_new(MIB_PAGES * PAGE_SIZE);
	hand_l2 = l2_new();
	here_l2 = l2_new();
	here = vm_reserve(L2_SPAN, L2_SPAN);
	CHECK_OK(frame_map(vspace_root(0), here_l2, (uintptr_t)here, 0, 0, F_MAP_TABLE));
	child_build(&peer);
	*(volatile int *)peer.shared = hand_l2;
	CHECK_EQ(frame_map(peer.l1, hand_l2, HAND_VA, 0, 0, F_MAP_TABLE), 0);
	CHECK_EQ(vspace_swap(peer.pid, peer.l1), 0);
	CHECK_OK(child_credits(&peer));
	child_run(&peer, take);
	bench_row("hand over a mapped MiB, mapped there as pages", 1, hand_once);
	CHECK_OK(proc_end(peer.pid, 0));
	CHECK_OK(proc_wait(peer.pid, PATIENT, NULL));
	/* Its tables and stack are left to whoever reaps this process. */
}

static uint32_t notes[BENCH_RUNS];

/* Waits for a bit, and tells when it has it. */
static void hear(void *shared)
{
	volatile uint32_t *when = shared;
	struct msg got;

	for (;;) {
		if (msg_recv(&got, -1) || got.tag != MSG_NOTIFY)
			proc_exit(1);
		when[1] = cycles_now();
		when[0] = got.word[0];
	}
}

static void row_notify(void)
{
	volatile uint32_t *when;
	struct proc_info me;

	child_make(&peer);
	when = peer.shared;
	child_run(&peer, hear);
	CHECK_OK(proc_info(0, &me));
	CHECK_OK(thread_priority(0, me.priority - 1)); /* below the one that waits */
	CHECK_OK(thread_yield());
	for (unsigned i = 0; i < BENCH_RUNS; i++) {
		uint32_t begin;

		when[0] = 0;
		begin = cycles_now();
		CHECK_OK(msg_notify(peer.pid, 4));
		CHECK_EQ(when[0], 4);
		notes[i] = when[1] - begin - cost_empty;
	}
	bench_samples("notify a waiter in another process", 1, notes, BENCH_RUNS);
	CHECK_OK(thread_priority(0, me.priority));
	peer_end();
}

void bench_msg(void)
{
	child_make(&peer);
	CHECK_OK(child_credits(&peer));
	child_run(&peer, answer);
	bench_row("round trip, 0 words", 1, trip_once);
	bench_row("round trip, 4 words", 1, trip_4_once);
	carried = mem_new(PAGE_SIZE);
	bench_row("round trip with a frame", 1, trip_frame_once);
	peer_end();
	row_hand();
	row_notify();
}
