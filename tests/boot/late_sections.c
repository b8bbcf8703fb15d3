/* SPDX-License-Identifier: ISC
 * Rule 9: mappings of hundreds of sections are made, replaced, cut and swapped in pieces, their holes counted.
 * MEM=1G: with less, the frame is as large as it can be, and the pieces fewer. */
#include "late.h"

#define SECTIONS_MOST 640
#define PLACES        3

static volatile uint32_t over;
static int big, l1;
static uint32_t sections;

/* The whole of the frame, several times over, with every other section of it missing. */
static void holes(void)
{
	for (uint32_t n = 0; n < PLACES && (n + 1) * sections <= USER_END / SECTION_SIZE; n++) {
		CHECK_OK(frame_map(l1, big, n * sections * SECTION_SIZE, 0, 0, SECT_RW));
		for (uint32_t i = 0; i < sections; i += 2)
			CHECK_OK(frame_unmap(l1, big, (n * sections + i) * SECTION_SIZE, SECTION_SIZE));
	}
}

static struct child c;

static void works(void *arg)
{
	int upper;

	(void)arg;
	holes();
	CHECK_OK(frame_map(l1, big, 0, 0, 0, SECT_RW | F_MAP_REPLACE));
	for (uint32_t i = 0; i < sections; i += 2)
		CHECK_OK(frame_unmap(l1, big, i * SECTION_SIZE, SECTION_SIZE));
	CHECK_OK(frame_protect(l1, big, SECTION_SIZE, 0, F_MAP_READ));
	upper = CHECK_OK(frame_split(big, sections / 3 * SECTION_SIZE));
	CHECK_OK(frame_unmap(0, big, 0, 0));
	CHECK_OK(frame_unmap(0, upper, 0, 0));
	CHECK_OK(frame_merge(big, upper));
	holes();
	CHECK_EQ(vspace_swap(c.pid, l1), 0);
	CHECK_EQ(vspace_swap(c.pid, c.l1), l1); /* all of it comes back */
	CHECK_OK(frame_unmap(l1, 0, 0, USER_END));
	CHECK_EQ(frame_mappings(big), 0);
	over = 1;
	thread_exit();
}

TEST("while a frame of up to 640 MiB is mapped as sections in three places with every other one missing, replaced, cut "
     "in two, "
     "swapped to a child and back, alarms are on time")
{
	page_credits(512);
	l1 = l1_new();
	child_build(&c);
	sections = SECTIONS_MOST;
	do {
		big = page_alloc(sections * SECTION_SIZE, SECTION_SIZE);
		sections = big < 0 ? sections * 3 / 4 : sections;
	} while (big < 0 && sections > 8);
	CHECK_OK(big);
	CHECK_OK(thread_priority(thread_start(works, NULL, 16384), 2));
	CHECK(late_worst(&over) <= late_max());
}
