/* SPDX-License-Identifier: ISC
 * An unmap that names a frame is about that frame alone. */
#include "test.h"

TEST("an unmap that names a frame may end inside an L2 of another, which stays; one that names none may not")
{
	int l1 = l1_new(), l2 = l2_new(), f_id = CHECK_OK(page_alloc(SECTION_SIZE, SECTION_SIZE));
	struct mapping m;

	CHECK_OK(frame_map(l1, f_id, L2_SPAN - SECTION_SIZE, 0, 0, F_MAP_SECTION | F_MAP_READ));
	CHECK_OK(frame_map(l1, l2, L2_SPAN, 0, 0, F_MAP_TABLE));
	CHECK_ERR(frame_unmap(l1, 0, L2_SPAN - SECTION_SIZE, 2 * SECTION_SIZE), ERR_ALIGN);
	CHECK_ERR(frame_unmap(l1, l2, L2_SPAN - SECTION_SIZE, 2 * SECTION_SIZE), ERR_ALIGN);
	CHECK_OK(frame_unmap(l1, f_id, L2_SPAN - SECTION_SIZE, 2 * SECTION_SIZE));
	CHECK_EQ(vspace_next(l1, 0, &m), 1);
	CHECK_EQ(m.f_id, l2);
	CHECK_OK(frame_unmap(l1, l2, L2_SPAN, 0));
}
