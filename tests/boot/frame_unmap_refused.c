/* SPDX-License-Identifier: ISC
 * frame_unmap: each refusal. */
#include "test.h"

TEST("frame_unmap refuses foreign ids, bad ranges and where nothing of the frame lies, and changes nothing")
{
	int l2, l1 = l1_with_l2(&l2), f = mem_new(2 * PAGE_SIZE), other = mem_new(PAGE_SIZE);

	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RO));
	CHECK_ERR(frame_unmap(NO_ID, f, 0, PAGE_SIZE), ERR_FRAME);
	CHECK_ERR(frame_unmap(l2, NO_ID, 0, PAGE_SIZE), ERR_FRAME);
	CHECK_ERR(frame_unmap(0, 0, 0, 0), ERR_FRAME);
	CHECK_ERR(frame_unmap(l2, f, 1, PAGE_SIZE), ERR_ALIGN);
	CHECK_ERR(frame_unmap(l2, f, 0, 1), ERR_ALIGN);
	CHECK_ERR(frame_unmap(l2, f, L2_SPAN, PAGE_SIZE), ERR_RANGE);
	CHECK_ERR(frame_unmap(l2, f, PAGE_SIZE, L2_SPAN), ERR_RANGE);
	CHECK_ERR(frame_unmap(l2, f, PAGE_SIZE, (size_t)-PAGE_SIZE), ERR_RANGE);
	CHECK_ERR(frame_unmap(l2, other, 0, PAGE_SIZE), ERR_NOMAP);
	CHECK_ERR(frame_unmap(l2, f, 5 * PAGE_SIZE, PAGE_SIZE), ERR_NOMAP);
	CHECK_ERR(frame_unmap(l2, 0, 5 * PAGE_SIZE, PAGE_SIZE), ERR_NOMAP);
	CHECK_ERR(frame_unmap(l1, l2, 0, SECTION_SIZE), ERR_ALIGN);
	CHECK_ERR(frame_unmap(l1, l2, SECTION_SIZE, SECTION_SIZE), ERR_ALIGN);
	CHECK_EQ(frame_mappings(f), 1);
	CHECK_EQ(frame_mappings(l2), 1);
}
