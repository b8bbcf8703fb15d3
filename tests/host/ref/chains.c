/* SPDX-License-Identifier: ISC
 * Chains of processes, each the child of the one before, which live on room for records that is handed down, and hand back what
 * they had when they end.  However many there were, the first has the credits, frames and pages of records that it began with. */
#include <stdio.h>
#include "world.h"

#define CALL(name, ...) call(CALL_##name, (uint32_t[6]){__VA_ARGS__})
#define DEPTH           15
#define SLOT            0x10000u /* bytes of a process: L1, PROC, room for records, and pages */
#define PAGES           4
#define OTHERS          (L1_SIZE + PROC_SIZE + PAGE_SIZE) /* where the pages begin in it */

static uint32_t seed;

/* What the running process's call answers; if it waits, 0. */
static uint32_t call(int number, const uint32_t *a)
{
	if (!world_call(number, a[0], a[1], a[2], a[3], a[4], a[5]))
		return 0;
	if (world_result() < 0)
		world_differs("a call of a chain", number, world_result());
	return (uint32_t)world_result();
}

static uint32_t luck(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 16) % n;
}

/* Who runs cuts a child out of its frame, and gives it what is left of that. */
static void chain(uint32_t mem, unsigned depth)
{
	uint32_t page[PAGES], proc, room, rest, pid;

	if (depth) {
		rest = CALL(frame_split, mem, SLOT);
		page[0] = CALL(frame_split, mem, OTHERS);
		for (unsigned i = 1; i < PAGES; i++)
			page[i] = CALL(frame_split, page[i - 1], PAGE_SIZE);
		room = CALL(frame_split, mem, OTHERS - PAGE_SIZE);
		proc = CALL(frame_split, mem, L1_SIZE);
		CALL(frame_table, mem, FRAME_L1);
		pid = CALL(proc_new, proc);
		CALL(frame_donate, room);
		for (unsigned i = 0; i < PAGES; i++) /* records in use that lie anywhere come and go with them */
			if (luck(2))
				CALL(frame_give, page[i], pid);
		CALL(frame_give, room, pid);
		CALL(frame_give, rest, pid);
		CALL(vspace_swap, pid, mem);
		CALL(proc_start, pid, PC, 0, 0);
		CALL(proc_wait, pid, 0, ~0u, ~0u, 0);
		chain(rest, depth - 1);
		CALL(proc_reap, pid);
		CALL(frame_table, room, FRAME_MEM);
		CALL(frame_table, mem, FRAME_MEM);
		CALL(frame_merge, mem, proc);
		CALL(frame_merge, mem, room);
		for (unsigned i = 0; i < PAGES; i++)
			CALL(frame_merge, mem, page[i]);
		CALL(frame_merge, mem, rest);
	}
	if (depth < DEPTH)
		CALL(proc_exit, 0);
}

static unsigned long chains_n;

static void chains(void)
{
	uint32_t mem = (uint32_t)world_piece((DEPTH + 1) * SLOT);
	int credits = ref.first->credits, frames = ref.first->frames;

	for (unsigned long n = 0; n < chains_n; n++) {
		seed = (uint32_t)n;
		chain(mem, DEPTH);
		SAME("credits after a chain", credits, ref.first->credits);
		SAME("frames after a chain", frames, ref.first->frames);
	}
	printf("%lu chains of %d processes, %lu calls\n", chains_n, DEPTH, world_calls);
}

void chains_run(unsigned long n)
{
	chains_n = n;
	world_with(0, 1, 0, chains);
}
