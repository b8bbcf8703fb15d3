/* SPDX-License-Identifier: ISC
 * frame_unmap naming a frame leaves others; naming none takes all. */
#include "test.h"

TEST("unmap of a frame leaves other frames in the range; with f_id 0 the table's owner takes out whatever lies there")
{
	int l2 = l2_new(), a = mem_new(PAGE_SIZE), b = mem_new(PAGE_SIZE);
	struct mapping m;

	CHECK_OK(frame_map(l2, a, 0, 0, 0, PAGE_RO));
	CHECK_OK(frame_map(l2, b, PAGE_SIZE, 0, 0, PAGE_RO));
	CHECK_OK(frame_map(l2, a, 2 * PAGE_SIZE, 0, 0, PAGE_RO));
	CHECK_OK(frame_unmap(l2, a, 0, 3 * PAGE_SIZE));
	CHECK_EQ(frame_mappings(a), 0);
	CHECK_EQ(frame_mappings(b), 1);
	CHECK_OK(frame_map(l2, a, 2 * PAGE_SIZE, 0, 0, PAGE_RO));
	CHECK_OK(frame_unmap(l2, 0, 0, 3 * PAGE_SIZE));
	CHECK_EQ(frame_mappings(a) + frame_mappings(b), 0);
	CHECK_EQ(vspace_next(l2, 0, &m), 0);
}
