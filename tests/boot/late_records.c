/* SPDX-License-Identifier: ISC
 * Rule 9: room for records comes and goes in pieces: memory that was mapped uncached is flushed when it is donated, and what is in
 * use on pages that are taken back moves, each mapping and slot that refers to it with it. */
#include "late.h"

#define ROOM   (64 * PAGE_SIZE)
#define FRAMES 1500
#define TABLES 6

static volatile uint32_t over;
static int room, more, many, f_id, l2[TABLES];

/* Fills the room with records in use: frames of a page, and mappings with a hole after each page. */
static void use(void)
{
	for (int n = 0; n < TABLES; n++) {
		CHECK_OK(frame_map(l2[n], f_id, 0, 0, 0, PAGE_RO));
		for (uintptr_t at = 0; at < L2_SPAN; at += 2 * PAGE_SIZE)
			CHECK_OK(frame_unmap(l2[n], f_id, at, PAGE_SIZE));
	}
	for (size_t n = FRAMES; n > 0; n--)
		CHECK_OK(frame_split(many, n * PAGE_SIZE));
}

static void works(void *arg)
{
	(void)arg;
	CHECK_OK(frame_donate(room));
	use();
	CHECK_OK(frame_donate(more)); /* to take the room back with */
	CHECK_OK(frame_table(room, FRAME_MEM));
	over = 1;
	thread_exit();
}

TEST("while 256 KiB that were uncached become room for records, are filled with 1,500 frames and mappings with holes, "
     "and are "
     "taken back, alarms are on time")
{
	int table = l2_new();

	/* Nothing is asked of a server meanwhile: those come before the alarms. */
	room = mem_new(ROOM);
	more = mem_new(ROOM + 8 * PAGE_SIZE);
	many = mem_new((FRAMES + 1) * PAGE_SIZE);
	f_id = mem_new(L2_SPAN);
	for (int n = 0; n < TABLES; n++)
		l2[n] = l2_new();
	CHECK_OK(frame_map(table, room, 0, 0, 0, PAGE_RW | F_MAP_UNCACHED));
	CHECK_OK(frame_unmap(table, room, 0, 0));
	page_credits(512);
	CHECK_OK(thread_priority(thread_start(works, NULL, 16384), 2));
	CHECK(late_worst(&over) <= late_max());
	CHECK_EQ(frame_kind(room), FRAME_MEM);
}
