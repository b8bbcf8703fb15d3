/* SPDX-License-Identifier: ISC
 * vspace_next and vspace_resolve through both levels. */
#include "test.h"

TEST("vspace_next goes through a table's mappings in order of address; vspace_resolve walks from an L1")
{
	int l2, l1 = l1_with_l2(&l2), f = mem_new(4 * PAGE_SIZE), s = mem_new(SECTION_SIZE);
	struct mapping m;

	CHECK_OK(frame_map(l2, f, 8 * PAGE_SIZE, 0, 2 * PAGE_SIZE, PAGE_RO));
	CHECK_OK(frame_map(l2, f, 4 * PAGE_SIZE, 2 * PAGE_SIZE, PAGE_SIZE, PAGE_RW));
	CHECK_OK(frame_map(l1, s, 4 * L2_SPAN, 0, 0, SECT_RW));
	CHECK_EQ(vspace_next(l2, 0, &m), 1);
	CHECK_EQ(m.at, 4 * PAGE_SIZE);
	CHECK_EQ(vspace_next(l2, m.at + m.len, &m), 1);
	CHECK_EQ(m.at, 8 * PAGE_SIZE);
	CHECK_EQ(m.len, 2 * PAGE_SIZE);
	CHECK_EQ(vspace_next(l2, m.at + m.len, &m), 0);
	CHECK_EQ(vspace_next(l1, 0, &m), 1);
	CHECK_EQ(m.f_id, l2);
	CHECK_EQ(m.flags & F_MAP_FORM, F_MAP_TABLE);
	CHECK_EQ(vspace_next(l1, L2_SPAN, &m), 1);
	CHECK_EQ(m.f_id, s);
	CHECK_EQ(m.at, 4 * L2_SPAN);
	CHECK_EQ(vspace_resolve(l1, 4 * PAGE_SIZE, &m), 0);
	CHECK_EQ(m.t_id, l2);
	CHECK_EQ(m.f_id, f);
	CHECK_EQ(m.flags & F_MAP_RIGHTS, RW);
	CHECK_ERR(vspace_next(f, 0, &m), ERR_KIND);
	CHECK_ERR(vspace_resolve(f, 0, &m), ERR_KIND);
	CHECK_ERR(vspace_resolve(l1, USER_END, &m), ERR_RANGE);
	CHECK_ERR(vspace_resolve(l2, L2_SPAN, &m), ERR_RANGE);
	CHECK_ERR(vspace_resolve(NO_ID, 0, &m), ERR_FRAME);
	CHECK_ERR(vspace_next(NO_ID, 0, &m), ERR_FRAME);
	CHECK_ERR(vspace_next(l1, USER_END, &m), ERR_RANGE);
}
