/* SPDX-License-Identifier: ISC
 * Rule 3: what a mapping could be raised to counts, not what it allows now. */
#include "attack.h"

ATTACK("lower a writable mapping to read or to nothing, make its frame a table, raise the rights again",
	"a table that it can write")
{
	int page = mem_new(L2_SIZE), l2 = l2_new(), l1 = l1_new(), f_id = mem_new(SECTION_SIZE), upper;

	for (int rights = 0; rights <= F_MAP_READ; rights++) {
		CHECK_OK(frame_map(l2, page, 0, 0, 0, PAGE_RW));
		CHECK_OK(frame_protect(l2, page, 0, PAGE_SIZE, rights));
		CHECK_ERR(frame_table(page, FRAME_L2), ERR_BUSY);
		CHECK_OK(frame_unmap(l2, page, 0, 0));
	}
	/* A superpage over it, lowered, and split at its edge. */
	CHECK_OK(frame_map(l1, f_id, 0, 0, 0, SECT_RW));
	CHECK_OK(frame_protect(l1, f_id, 0, SECTION_SIZE, F_MAP_READ));
	CHECK_ERR(frame_split(f_id, L2_SIZE), ERR_BUSY);
	CHECK_ERR(frame_table(f_id, FRAME_L2), ERR_RANGE);
	CHECK_OK(frame_unmap(l1, f_id, 0, 0));
	/* Pages over all of it: the part with the table keeps what was made of it. */
	CHECK_OK(frame_map(l2, f_id, 0, 0, L2_SIZE * 4, PAGE_RW));
	CHECK_OK(frame_protect(l2, f_id, 0, L2_SIZE * 4, 0));
	upper = CHECK_OK(frame_split(f_id, L2_SIZE));
	CHECK_ERR(frame_table(f_id, FRAME_L2), ERR_BUSY);
	CHECK_OK(frame_unmap(l2, upper, 0, L2_SIZE * 4));
	CHECK_ERR(frame_table(f_id, FRAME_L2), ERR_BUSY);
	CHECK_OK(frame_unmap(l2, f_id, 0, L2_SIZE));
	CHECK_OK(frame_map(l2, f_id, 0, 0, 0, PAGE_RO));
	CHECK_OK(frame_table(f_id, FRAME_L2));
	CHECK_ERR(frame_protect(l2, f_id, 0, L2_SIZE, RW), ERR_RIGHT);
}
