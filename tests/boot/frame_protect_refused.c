/* SPDX-License-Identifier: ISC
 * frame_protect: each refusal. */
#include "test.h"

TEST("frame_protect refuses foreign ids, rights above the mapping's, tables, bad ranges and holes")
{
	int l2, l1 = l1_with_l2(&l2), f = mem_new(2 * PAGE_SIZE), other = mem_new(PAGE_SIZE);

	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RO));
	CHECK_ERR(frame_protect(NO_ID, f, 0, PAGE_SIZE, 0), ERR_FRAME);
	CHECK_ERR(frame_protect(l2, NO_ID, 0, PAGE_SIZE, 0), ERR_FRAME);
	CHECK_ERR(frame_protect(l2, f, 0, PAGE_SIZE, RW), ERR_RIGHT);
	CHECK_ERR(frame_protect(l2, 0, 0, PAGE_SIZE, RW), ERR_RIGHT);
	CHECK_ERR(frame_protect(l2, f, 0, PAGE_SIZE, F_MAP_READ | F_MAP_EXEC), ERR_RIGHT);
	CHECK_ERR(frame_protect(l1, l2, 0, L2_SPAN, F_MAP_READ), ERR_KIND);
	CHECK_ERR(frame_protect(l2, f, 1, PAGE_SIZE, 0), ERR_ALIGN);
	CHECK_ERR(frame_protect(l2, f, 0, 1, 0), ERR_ALIGN);
	CHECK_ERR(frame_protect(l2, f, L2_SPAN, PAGE_SIZE, 0), ERR_RANGE);
	CHECK_ERR(frame_protect(l2, f, PAGE_SIZE, (size_t)-PAGE_SIZE, 0), ERR_RANGE);
	CHECK_ERR(frame_protect(l2, f, 0, PAGE_SIZE, F_MAP_WRITE), ERR_FLAGS);
	CHECK_ERR(frame_protect(l2, f, 0, PAGE_SIZE, F_MAP_READ | F_MAP_KEEP), ERR_FLAGS);
	CHECK_ERR(frame_protect(l2, other, 0, PAGE_SIZE, 0), ERR_NOMAP);
	CHECK_ERR(frame_protect(l2, f, 8 * PAGE_SIZE, PAGE_SIZE, 0), ERR_NOMAP);
}
