/* SPDX-License-Identifier: ISC
 * Random calls with random arguments from a child that owns frames of every kind. It shows that the machine and
 * its books survive, not what the calls answer; in test builds frame_check judges after each. */
#include <stdlib.h>
#include "test.h"

#define CALLS   1500
#define IDS     24
#define SERVERS 255 /* ids up to here are init's and its servers': what they are given is lost */

/* What a round's child works with: its luck, and the ids that it knows. */
struct luck {
	uint32_t state;
	int ids[IDS];
};

static uint32_t luck_next(struct luck *l)
{
	l->state ^= l->state << 13;
	l->state ^= l->state >> 17;
	l->state ^= l->state << 5;
	return l->state;
}

static int luck_id(struct luck *l)
{
	uint32_t n = luck_next(l);

	if (n % 16 == 0)
		return (int)luck_next(l);
	return n % 16 == 1 ? 0 : l->ids[n / 16 % IDS];
}

/* Mostly a small number of pages, sometimes anything. */
static uint32_t luck_len(struct luck *l)
{
	static const uint32_t odd[] = {
		0, 1, (uint32_t)-PAGE_SIZE, L2_SPAN, SECTION_SIZE, USER_END, 0xffffffff, L1_SIZE};
	uint32_t n = luck_next(l);

	return n % 4 == 0 ? odd[n / 4 % 8] : n / 4 % 32 * PAGE_SIZE;
}

static int luck_flags(struct luck *l)
{
	static const int forms[] = {
		PAGE_RO, PAGE_RW, SECT_RW, F_MAP_TABLE, PAGE_RW | F_MAP_REPLACE, PAGE_RO | F_MAP_KEEP};
	uint32_t n = luck_next(l);

	return n % 8 == 0 ? (int)(luck_next(l) & 0x3ff) : forms[n / 8 % 6];
}

static int call_frames(struct luck *l)
{
	struct mapping m = {0};

	switch (luck_next(l) % 12) {
	case 0:
		return frame_split(luck_id(l), luck_len(l));
	case 1:
		return frame_merge(luck_id(l), luck_id(l));
	case 2:
		return frame_give(luck_id(l), luck_id(l));
	case 3:
		return frame_allow(luck_id(l), (int)luck_next(l) % 8);
	case 4:
		return luck_next(l) % 8 ? 0 : frame_donate(luck_id(l));
	case 5:
		return frame_table(luck_id(l), (int)(luck_next(l) % 8));
	case 6:
	case 7:
		return frame_map(luck_id(l), luck_id(l), luck_len(l), luck_len(l), luck_len(l), luck_flags(l));
	case 8:
		return frame_unmap(luck_id(l), luck_id(l), luck_len(l), luck_len(l));
	case 9:
		return frame_protect(luck_id(l), luck_id(l), luck_len(l), luck_len(l), (int)(luck_next(l) % 8));
	case 10:
		return frame_maps(luck_id(l), &m);
	default:
		return frame_cache(luck_id(l), luck_len(l), luck_len(l), (int)(luck_next(l) % 5));
	}
}

static int call_batch(struct luck *l)
{
	static const int calls[] = {
		CALL_frame_split, CALL_frame_merge, CALL_frame_table, CALL_frame_map, CALL_frame_unmap};
	struct frame_op ops[6];

	for (int n = 0; n < 6; n++) {
		ops[n].call = calls[luck_next(l) % 5];
		ops[n].arg[0] = (uintptr_t)luck_id(l);
		ops[n].arg[1] = luck_next(l) % 2 ? (uintptr_t)luck_id(l) : luck_len(l);
		for (int i = 2; i < 5; i++)
			ops[n].arg[i] = luck_len(l);
		ops[n].arg[5] = (uintptr_t)luck_flags(l);
	}
	return frame_batch(ops, luck_next(l) % 7);
}

static int call_processes(struct luck *l)
{
	struct msg m = {.tag = (int)(luck_next(l) % 4), .frame = luck_next(l) % 2 ? luck_id(l) : 0};

	switch (luck_next(l) % 16) {
	case 0:
		return proc_new(luck_id(l));
	case 1:
		return vspace_swap(luck_id(l), luck_id(l));
	case 2:
		return proc_start(luck_id(l), luck_len(l), luck_len(l), 0);
	case 3:
		return proc_stop(luck_id(l));
	case 4:
		return proc_resume(luck_id(l));
	case 5:
		return luck_next(l) % 4 ? 0 : proc_end(luck_id(l), 1);
	case 6:
		return proc_reap(luck_id(l));
	case 7:
		return proc_wait(luck_id(l), 0, NULL);
	case 8:
		return proc_pager(luck_id(l), luck_id(l));
	case 9:
		return proc_watch(luck_id(l), (int)(luck_next(l) % 34) - 1);
	case 10:
		return thread_new(luck_id(l), luck_id(l), luck_len(l), luck_len(l), 0);
	case 11:
		return msg_call(luck_id(l), &m, luck_next(l) % 2 * 100000);
	case 12:
		return msg_recv(&m, 0);
	case 13:
		return msg_reply(luck_id(l), &m);
	case 14:
		return msg_notify(luck_id(l), luck_next(l));
	default:
		return time_alarm(time_now() + (int64_t)(luck_next(l) % 1000000), (int)(luck_next(l) % 33));
	}
}

static void unlucky(void *shared)
{
	struct luck l = *(struct luck *)shared;

	for (int n = 0; n < CALLS; n++) {
		uint32_t kind = luck_next(&l) % 16;
		int r = kind == 0 ? call_batch(&l) : kind < 5 ? call_processes(&l) : call_frames(&l);

		if (r > SERVERS)
			l.ids[luck_next(&l) % IDS] = r;
	}
	proc_exit(0);
}

/* The process that lives in a PROC frame of mine: its information page says who it is. */
static int proc_in(int f_id)
{
	const struct proc_info *info = vm_map(f_id, 0, PAGE_SIZE, F_MAP_READ);
	int pid;

	CHECK(info);
	pid = info->pid;
	CHECK_OK(vm_unmap((void *)(uintptr_t)info, PAGE_SIZE));
	return pid;
}

/* Ends and takes over every child, those that passed to me when their parents ended too. */
static void children_clear(void)
{
	struct frame f;

	for (int f_id = CHECK_OK(frame_next(0, 0)); f_id; f_id = CHECK_OK(frame_next(0, f_id))) {
		CHECK_OK(frame_info(f_id, &f));
		if (f.kind != FRAME_PROC)
			continue;
		proc_end(proc_in(f_id), 0);
		CHECK_OK(proc_reap(proc_in(f_id)));
		f_id = 0; /* there are others now */
	}
}

/* One child with frames of all sizes; whatever it does, it is ended. */
static int role_round(int parent)
{
	static const size_t lens[] = {PAGE_SIZE, L1_SIZE, SECTION_SIZE, PROC_SIZE, 8 * PAGE_SIZE, L2_SIZE};
	struct child c;
	struct luck *l;
	struct msg m = {0};

	child_make(&c);
	for (int n = 0; n < 4; n++)
		child_credits(&c);
	l = c.shared;
	l->state = (uint32_t)atoi(getenv("ROUND")) * 2654435761u + 1;
	for (int n = 0; n < IDS; n++) {
		l->ids[n] = n < 18 ? mem_new(lens[n % 6]) : n < 20 ? c.l2 : n < 22 ? c.l1 : n < 23 ? c.pid : parent;
		if (n < 18)
			CHECK_OK(frame_give(l->ids[n], c.pid));
	}
	child_run(&c, unlucky);
	while (msg_recv(&m, MS(3000)) == 0 && !(m.tag == MSG_DIED && m.from == c.pid)) {
		m = (struct msg){.from = m.from, .tag = 1};
		msg_reply(m.from, &m);
	}
	proc_end(c.pid, 0);
	children_clear();
	return 0;
}

const struct test_role test_roles[] = {{"round", role_round}, {NULL, NULL}};

TEST("random calls of a process never panic the kernel, break its books, or harm who did not allow it")
{
	char number[12];
	int *va = vm_map(mem_new(PAGE_SIZE), 0, 0, RW);

	CHECK(va);
	*va = 12345;
	for (int n = 1; n <= test_setting("FUZZ_ROUNDS", 24); n++) {
		CHECK(itoa(test_setting("FUZZ_SEED", 0) + n, number, 10));
		CHECK_OK(setenv("ROUND", number, 1));
		CHECK_EQ(role_wait(role_spawn("round")), 0);
	}
	CHECK_EQ(*va, 12345);
}
