/* SPDX-License-Identifier: ISC
 * The id of a frame that I gave away names nothing for me, whatever I do with it. */
#include "attack.h"

ATTACK("go on using the id of a frame after it was given, in every call that takes one and in a batch",
	"taking back, changing or mapping what is another's now")
{
	struct child c;
	struct frame info;
	struct mapping m = {0};
	int f_id = mem_new(4 * PAGE_SIZE), l2 = l2_new(), mine = mem_new(PAGE_SIZE), pid;
	struct frame_op ops[] = {{CALL_frame_map, {(uintptr_t)l2, (uintptr_t)f_id, 0, 0, 0, PAGE_RW}, 1}};

	child_make(&c);
	pid = c.pid;
	CHECK_OK(frame_map(l2, f_id, 0, 0, 0, PAGE_RW));
	CHECK_OK(frame_give(f_id, pid));
	CHECK_ERR(frame_split(f_id, PAGE_SIZE), ERR_FRAME);
	CHECK_ERR(frame_merge(f_id, mine), ERR_FRAME);
	CHECK_ERR(frame_merge(mine, f_id), ERR_FRAME);
	CHECK_ERR(frame_give(f_id, 0), ERR_FRAME);
	CHECK_ERR(frame_give(f_id, pid), ERR_FRAME);
	CHECK_ERR(frame_donate(f_id), ERR_FRAME);
	CHECK_ERR(frame_table(f_id, FRAME_L2), ERR_FRAME);
	CHECK_ERR(frame_map(l2, f_id, 0, 0, 0, PAGE_RO), ERR_FRAME);
	CHECK_ERR(frame_unmap(0, f_id, 0, 0), ERR_FRAME);
	CHECK_ERR(frame_unmap(l2, f_id, 0, PAGE_SIZE), ERR_FRAME);
	CHECK_ERR(frame_protect(l2, f_id, 0, PAGE_SIZE, 0), ERR_FRAME);
	CHECK_ERR(frame_cache(f_id, 0, 0, CACHE_CLEAN), ERR_FRAME);
	CHECK_ERR(proc_new(f_id), ERR_FRAME);
	CHECK_ERR(thread_new(0, f_id, 0x8000, 0, 0), ERR_FRAME);
	CHECK_ERR(vspace_swap(pid, f_id), ERR_FRAME);
	CHECK_EQ(frame_batch(ops, 1), 0);
	CHECK_ERR(ops[0].result, ERR_FRAME);
	/* A parent may look at it, and see that it is whole. */
	CHECK_OK(frame_info(f_id, &info));
	CHECK_EQ(info.len, 4 * PAGE_SIZE);
	CHECK_EQ(info.maps, 0);
	CHECK_EQ(frame_maps(f_id, &m), 0);
	child_kill(&c);
}
