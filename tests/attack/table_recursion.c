/* SPDX-License-Identifier: ISC
 * Rule 3: tables in tables, in every form, themselves included. */
#include "attack.h"

#define FORMS 3

static const int forms[FORMS] = {F_MAP_TABLE, F_MAP_SECTION, F_MAP_PAGE};
static const int rights[] = {F_MAP_READ, RW, F_MAP_READ | F_MAP_EXEC, RW | F_MAP_EXEC};

/* Tries to map one table in another; what is accepted must be harmless. */
static void recurse(int t_id, int f_id)
{
	struct mapping m;

	for (int form = 0; form < FORMS; form++)
		for (unsigned r = 0; r < sizeof rights / sizeof *rights; r++)
			for (int more = 0; more < 8; more++) {
				int flags = forms[form] | rights[r] | (more & 1 ? F_MAP_KEEP : 0) |
					    (more & 2 ? F_MAP_UNCACHED : 0) | (more & 4 ? F_MAP_REPLACE : 0);

				if (frame_map(t_id, f_id, 0, 0, 0, flags) < 0)
					continue;
				CHECK(frame_kind(t_id) == FRAME_L1 ? form == 0 && frame_kind(f_id) == FRAME_L2
								   : form == 2);
				CHECK_EQ(flags & (F_MAP_WRITE | F_MAP_EXEC | F_MAP_UNCACHED), 0);
				CHECK_ERR(frame_protect(t_id, f_id, 0,
						  frame_kind(t_id) == FRAME_L1 ? L2_SPAN : PAGE_SIZE, RW),
					frame_kind(t_id) == FRAME_L1 ? ERR_KIND : ERR_RIGHT);
				CHECK_EQ(vspace_next(t_id, 0, &m), 1);
				CHECK_OK(frame_unmap(t_id, f_id, 0, 0));
			}
	CHECK_EQ(vspace_next(t_id, 0, &m), 0);
}

ATTACK("map tables into themselves and each other in every form, with every right, then raise the rights",
	"a table that it can write: all of memory")
{
	int table[4] = {l1_new(), l1_new(), l2_new(), l2_new()};

	for (int t = 0; t < 4; t++)
		for (int f = 0; f < 4; f++)
			recurse(table[t], table[f]);
	/* Standing in a vspace of mine, a table that shows itself is seen, and cannot be written. */
	CHECK_OK(frame_map(table[2], table[2], 0, 0, 0, PAGE_RO));
	volatile uint32_t *va = vm_reserve(L2_SPAN, L2_SPAN);
	CHECK(va);
	CHECK_OK(frame_map(vspace_root(0), table[2], (uintptr_t)va, 0, 0, F_MAP_TABLE));
	CHECK(va[0] != 0);
	CHECK(!probe_write((volatile void *)va));
	CHECK(!probe_exec(va));
	CHECK_OK(frame_unmap(vspace_root(0), table[2], (uintptr_t)va, 0));
}
