/* SPDX-License-Identifier: ISC
 * Sections, L2s and pages that overlap: each place in a table belongs to one mapping, and what does not fit whole is
 * refused whole. */
#include "attack.h"

#define SPANS 4

static int l1, l2, other, section, big;

/* What stands in the first SPANS spans of the table, as one number. */
static uint32_t print_of_table(void)
{
	uint32_t sum = 0;
	struct mapping m;

	for (uintptr_t at = 0; at < SPANS * L2_SPAN; at += SECTION_SIZE)
		sum = sum * 31 + (vspace_next(l1, at, &m) == 1 ? (uint32_t)(m.f_id ^ (int)m.at ^ (int)m.len) : 1);
	return sum;
}

static void refused(int result, int err, uint32_t print)
{
	CHECK_EQ(result, err);
	CHECK_EQ(print_of_table(), print);
}

ATTACK("map sections over L2s and L2s over sections, wholly and in part, with and without replacing",
	"a descriptor that belongs to two mappings, one of which outlives the other")
{
	uint32_t print;

	l1 = l1_with_l2(&l2);
	other = l2_new();
	section = mem_new(SECTION_SIZE);
	big = CHECK_OK(page_alloc(3 * SECTION_SIZE, SECTION_SIZE));
	CHECK_OK(frame_map(l1, section, L2_SPAN + SECTION_SIZE, 0, 0, SECT_RW));
	print = print_of_table();
	refused(frame_map(l1, section, 0, 0, 0, SECT_RW), ERR_EXISTS, print);
	refused(frame_map(l1, section, SECTION_SIZE, 0, 0, SECT_RW), ERR_EXISTS, print);
	refused(frame_map(l1, big, SECTION_SIZE, 0, 0, SECT_RW), ERR_EXISTS, print);
	refused(frame_map(l1, other, L2_SPAN, 0, 0, F_MAP_TABLE), ERR_EXISTS, print);
	refused(frame_map(l1, other, L2_SPAN + SECTION_SIZE, 0, 0, F_MAP_TABLE), ERR_ALIGN, print);
	refused(frame_map(l1, section, 0, 0, 0, SECT_RW | F_MAP_REPLACE), ERR_ALIGN, print);
	refused(frame_map(l1, section, SECTION_SIZE, 0, 0, SECT_RW | F_MAP_REPLACE), ERR_ALIGN, print);
	refused(frame_map(l1, big, SECTION_SIZE, 0, 0, SECT_RW | F_MAP_REPLACE), ERR_ALIGN, print);
	refused(frame_unmap(l1, l2, SECTION_SIZE, SECTION_SIZE), ERR_ALIGN, print);
	refused(frame_unmap(l1, 0, SECTION_SIZE, 2 * SECTION_SIZE), ERR_ALIGN, print);
	refused(frame_unmap(l1, 0, 0, SECTION_SIZE), ERR_ALIGN, print);
	refused(frame_protect(l1, 0, 0, 4 * SECTION_SIZE, 0), ERR_KIND, print);
	refused(frame_map(l1, l2, 2 * L2_SPAN, 0, 0, F_MAP_TABLE), ERR_BUSY, print);
	/* Replaced whole, nothing of the L2 is left: it stands nowhere and can stand elsewhere. */
	CHECK_OK(frame_map(l1, big, 0, 0, 0, SECT_RW | F_MAP_REPLACE));
	CHECK_EQ(frame_mappings(l2), 0);
	CHECK_OK(frame_map(l1, l2, 2 * L2_SPAN, 0, 0, F_MAP_TABLE));
	CHECK_OK(frame_map(l1, other, L2_SPAN, 0, 0, F_MAP_TABLE | F_MAP_REPLACE));
	CHECK_EQ(frame_mappings(section), 0);
	CHECK_EQ(frame_mappings(big), 1);
	CHECK_OK(frame_unmap(l1, 0, 0, SPANS * L2_SPAN));
	CHECK_OK(frame_table(l1, FRAME_MEM));
}
