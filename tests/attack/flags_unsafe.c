/* SPDX-License-Identifier: ISC
 * "A fast path that let an unsafe bit through": every word of flags on every kind of frame, alone and in a batch. */
#include "attack.h"

enum { MEM, L1, L2, PROC, RECORDS, KINDS };

static int frames[KINDS], in_l2, in_l1;

/* The rights that a frame of this sort may at most be mapped with. */
static int most(int kind)
{
	return kind == MEM ? F_MAP_RIGHTS : F_MAP_READ;
}

static int map_alone(int t_id, int f_id, int flags)
{
	return frame_map(t_id, f_id, 0, 0, 0, flags);
}

static int map_in_batch(int t_id, int f_id, int flags)
{
	struct frame_op op = {CALL_frame_map, {(uintptr_t)t_id, (uintptr_t)f_id, 0, 0, 0, (uintptr_t)flags}, 1};

	CHECK(frame_batch(&op, 1) >= 0);
	return op.result;
}

static void map_check(int kind, int flags, bool batch)
{
	int f_id = frames[kind], t_id = (flags & F_MAP_FORM) == F_MAP_PAGE ? in_l2 : in_l1;
	int result = batch ? map_in_batch(t_id, f_id, flags) : map_alone(t_id, f_id, flags);
	struct mapping m;

	if (result < 0)
		return;
	CHECK_EQ(flags & ~0x1ff, 0);
	CHECK(kind != RECORDS);
	if (flags & F_MAP_TABLE) {
		CHECK_EQ(kind, L2);
		CHECK_OK(frame_unmap(t_id, f_id, 0, 0));
		return;
	}
	CHECK_EQ(vspace_resolve(t_id, 0, &m), 0);
	CHECK_EQ(m.flags & F_MAP_RIGHTS & ~most(kind), 0);
	CHECK_EQ(m.flags & F_MAP_RIGHTS, flags & F_MAP_RIGHTS);
	for (int rights = 0; rights < 16; rights++)
		if (frame_protect(t_id, f_id, 0, PAGE_SIZE, rights) == 0)
			CHECK_EQ(rights & ~(flags & F_MAP_RIGHTS), 0);
	CHECK_OK(frame_unmap(t_id, f_id, 0, 0));
}

ATTACK("map every kind of frame with every possible word of flags, and raise what was accepted",
	"a bit of a descriptor that nobody checked: writable tables, kernel rights")
{
	struct child c;

	child_make(&c);
	frames[MEM] = mem_new(PAGE_SIZE);
	frames[L1] = l1_new();
	frames[L2] = l2_new();
	frames[PROC] = c.proc;
	frames[RECORDS] = mem_new(PAGE_SIZE);
	CHECK_OK(frame_donate(frames[RECORDS]));
	in_l2 = l2_new();
	in_l1 = l1_new();
	for (int kind = 0; kind < KINDS; kind++)
		for (int flags = 0; flags < 0x200; flags++)
			map_check(kind, flags, flags & 1);
	for (int bit = 9; bit < 32; bit++)
		for (int kind = 0; kind < KINDS; kind++)
			map_check(kind, (int)(1u << bit) | PAGE_RW, bit & 1);
	child_kill(&c);
}
