/* SPDX-License-Identifier: ISC
 * frame_unmap with len 0. */
#include "test.h"

TEST("len 0 unmaps the rest of the mapping from the address, not its neighbour of the same frame")
{
	int l2 = l2_new(), f = mem_new(4 * PAGE_SIZE);
	struct mapping m;

	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RO));
	CHECK_OK(frame_map(l2, f, 4 * PAGE_SIZE, 0, PAGE_SIZE, PAGE_RO));
	CHECK_OK(frame_unmap(l2, f, 2 * PAGE_SIZE, 0));
	CHECK_EQ(vspace_resolve(l2, PAGE_SIZE, &m), 0);
	CHECK_ERR(vspace_resolve(l2, 2 * PAGE_SIZE, &m), ERR_NOMAP);
	CHECK_ERR(vspace_resolve(l2, 3 * PAGE_SIZE, &m), ERR_NOMAP);
	CHECK_EQ(vspace_resolve(l2, 4 * PAGE_SIZE, &m), 0);
}
