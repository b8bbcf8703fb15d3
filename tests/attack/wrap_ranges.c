/* SPDX-License-Identifier: ISC
 * Sums that wrap: addresses, offsets and lengths near the ends of 32 bits, in every call that adds two of them. */
#include "attack.h"

static const uintptr_t edges[] = {0, PAGE_SIZE, SECTION_SIZE, L2_SPAN, L2_SPAN - PAGE_SIZE, USER_END - PAGE_SIZE,
	USER_END, USER_END + PAGE_SIZE, 0xc0000000, (uintptr_t)-SECTION_SIZE, (uintptr_t)-PAGE_SIZE};

#define EDGES (sizeof edges / sizeof *edges)

static int l1, l2, page, section;

/* Whether [at, at + len) lies inside [0, end), in 64 bits. */
static bool inside(uintptr_t at, uintptr_t len, uint64_t end)
{
	return at < end && (uint64_t)at + len <= end;
}

static void map_tries(uintptr_t at, uintptr_t offset, uintptr_t len)
{
	if (frame_map(l2, page, at, offset, len, PAGE_RW) == 0) {
		CHECK(inside(at, len, L2_SPAN) && inside(offset, len, PAGE_SIZE));
		CHECK_OK(frame_unmap(l2, page, at, 0));
	}
	if (frame_map(l1, section, at, offset, len, SECT_RW) == 0) {
		CHECK(inside(at, len, USER_END) && inside(offset, len, SECTION_SIZE));
		CHECK_OK(frame_unmap(l1, section, at, 0));
	}
	CHECK(frame_map(l1, l2, at, offset, len, PAGE_RW) < 0);
}

static void other_tries(uintptr_t at, uintptr_t len)
{
	int result = frame_cache(page, at, len, CACHE_CLEAN);

	CHECK(result < 0 || inside(at, len, PAGE_SIZE));
	CHECK(frame_split(page, at) < 0);
	result = frame_unmap(l2, 0, at, len);
	CHECK(result == ERR_NOMAP || result == ERR_RANGE);
	CHECK(result == ERR_RANGE || inside(at, len, L2_SPAN));
	result = frame_protect(l1, 0, at & ~(uintptr_t)(SECTION_SIZE - 1), len & ~(uintptr_t)(SECTION_SIZE - 1), 0);
	CHECK(result == ERR_NOMAP || result == ERR_RANGE);
}

ATTACK("ranges whose end wraps past zero, or lies one page beyond the table, the frame or user space",
	"a descriptor outside the table, or a mapping of kernel addresses")
{
	struct mapping m;

	l1 = l1_new();
	l2 = l2_new();
	page = mem_new(PAGE_SIZE);
	section = mem_new(SECTION_SIZE);
	for (unsigned a = 0; a < EDGES; a++)
		for (unsigned b = 0; b < EDGES; b++) {
			other_tries(edges[a], edges[b]);
			for (unsigned c = 0; c < EDGES; c++)
				map_tries(edges[a], edges[b], edges[c]);
		}
	CHECK_EQ(vspace_next(l1, 0, &m), 0);
	CHECK_EQ(vspace_next(l2, 0, &m), 0);
	CHECK_EQ(frame_mappings(page) + frame_mappings(section), 0);
	for (unsigned a = 0; a < EDGES; a++) {
		CHECK(vspace_resolve(l1, edges[a], &m) < 0);
		CHECK(vspace_next(l1, edges[a], &m) <= 0);
		CHECK(frame_table(page, (int)edges[a]) < 0);
	}
}
