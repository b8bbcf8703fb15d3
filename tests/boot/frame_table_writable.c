/* SPDX-License-Identifier: ISC
 * Rule 3: no frame that could be written through a mapping becomes a table. */
#include "test.h"

TEST("a frame with a mapping made to write, whatever its rights now, does not become a table")
{
	int f = mem_new(L2_SIZE), l2 = l2_new();

	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RW));
	CHECK_ERR(frame_table(f, FRAME_L2), ERR_BUSY);
	CHECK_OK(frame_protect(l2, f, 0, PAGE_SIZE, F_MAP_READ));
	CHECK_ERR(frame_table(f, FRAME_L2), ERR_BUSY);
	CHECK_OK(frame_protect(l2, f, 0, PAGE_SIZE, 0));
	CHECK_ERR(frame_table(f, FRAME_L2), ERR_BUSY);
	CHECK_OK(frame_unmap(l2, f, 0, 0));
	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RO | F_MAP_UNCACHED));
	CHECK_ERR(frame_table(f, FRAME_L2), ERR_BUSY);
	CHECK_OK(frame_unmap(l2, f, 0, 0));
	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RO));
	CHECK_OK(frame_table(f, FRAME_L2));
	CHECK_ERR(frame_protect(l2, f, 0, PAGE_SIZE, RW), ERR_RIGHT);
}
