/* SPDX-License-Identifier: ISC
 * frame_maps after a mapping that is gone. */
#include "test.h"

TEST("frame_maps refuses what is no mapping of the frame, or no more")
{
	int l2 = l2_new(), f = mem_new(PAGE_SIZE);
	struct mapping m = {0}, old;

	CHECK_ERR(frame_maps(NO_ID, &m), ERR_FRAME);
	CHECK_EQ(frame_maps(f, &m), 0);
	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RO));
	m = (struct mapping){0};
	CHECK_EQ(frame_maps(f, &m), 1);
	old = m;
	CHECK_OK(frame_unmap(l2, f, 0, 0));
	CHECK_ERR(frame_maps(f, &old), ERR_NOMAP);
	old = (struct mapping){.t_id = l2, .f_id = f, .at = 9 * PAGE_SIZE, .len = PAGE_SIZE};
	CHECK_ERR(frame_maps(f, &old), ERR_NOMAP);
}
