/* SPDX-License-Identifier: ISC
 * frame_table: memory into tables and back. */
#include "test.h"

TEST("memory of a table's size and alignment becomes an empty table, and an unused table memory again")
{
	int l1 = mem_new(L1_SIZE), l2 = mem_new(L2_SIZE);
	struct mapping m;

	CHECK_OK(frame_table(l1, FRAME_L1));
	CHECK_OK(frame_table(l2, FRAME_L2));
	CHECK_EQ(frame_kind(l1), FRAME_L1);
	CHECK_EQ(frame_kind(l2), FRAME_L2);
	CHECK_EQ(vspace_next(l1, 0, &m), 0);
	CHECK_EQ(vspace_next(l2, 0, &m), 0);
	CHECK_ERR(vspace_resolve(l1, USER_END / 2, &m), ERR_NOMAP);
	CHECK_OK(frame_table(l1, FRAME_MEM));
	CHECK_OK(frame_table(l2, FRAME_MEM));
	CHECK_EQ(frame_kind(l1), FRAME_MEM);
	CHECK_EQ(frame_kind(l2), FRAME_MEM);
}
