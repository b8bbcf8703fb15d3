/* SPDX-License-Identifier: ISC
 * An id that is not mine answers as one that does not exist, for every call that takes a frame. */
#include "test.h"

static void refused(int f_id, int mine, int l2)
{
	struct frame f;
	struct mapping m = {0};

	CHECK_ERR(frame_split(f_id, PAGE_SIZE), ERR_FRAME);
	CHECK_ERR(frame_merge(f_id, mine), ERR_FRAME);
	CHECK_ERR(frame_merge(mine, f_id), ERR_FRAME);
	CHECK_ERR(frame_give(f_id, 0), ERR_FRAME);
	CHECK_ERR(frame_donate(f_id), ERR_FRAME);
	CHECK_ERR(frame_table(f_id, FRAME_L2), ERR_FRAME);
	CHECK_ERR(frame_map(l2, f_id, 0, 0, 0, PAGE_RO), ERR_FRAME);
	CHECK_ERR(frame_map(f_id, mine, 0, 0, 0, PAGE_RO), ERR_FRAME);
	CHECK_ERR(frame_unmap(f_id, 0, 0, PAGE_SIZE), ERR_FRAME);
	CHECK_ERR(frame_unmap(0, f_id, 0, 0), ERR_FRAME);
	CHECK_ERR(frame_protect(f_id, 0, 0, PAGE_SIZE, 0), ERR_FRAME);
	CHECK_ERR(frame_cache(f_id, 0, 0, CACHE_CLEAN), ERR_FRAME);
	CHECK_ERR(frame_next(0, f_id), ERR_FRAME);
	CHECK_ERR(frame_info(f_id, &f), ERR_FRAME);
	CHECK_ERR(frame_maps(f_id, &m), ERR_FRAME);
	CHECK_ERR(vspace_swap(0, f_id), ERR_FRAME);
	CHECK_ERR(vspace_next(f_id, 0, &m), ERR_FRAME);
	CHECK_ERR(vspace_resolve(f_id, 0, &m), ERR_FRAME);
	CHECK_ERR(proc_new(f_id), ERR_FRAME);
	CHECK_ERR(thread_new(0, f_id, USER_END / 2, 0, 0), ERR_FRAME);
}

TEST("an id that is not mine, a stale one, one below zero and one out of range answer alike")
{
	int mine = mem_new(2 * PAGE_SIZE), l2 = l2_new(), stale = CHECK_OK(frame_split(mine, PAGE_SIZE));
	int lent = mem_new(PAGE_SIZE);

	CHECK_OK(frame_merge(mine, stale));
	CHECK_OK(frame_give(lent, name_lookup("files")));
	refused(stale, mine, l2);
	refused(-1, mine, l2);
	refused((int)0x80000000, mine, l2);
	refused(NO_ID, mine, l2);
	refused(lent, mine, l2);
}
