/* SPDX-License-Identifier: ISC
 * "A cached and an uncached alias of one page".  QEMU has no caches: here only that no way leads to both; the model
 * machine of tests/host judges the flushes. */
#include "attack.h"

#define UNCACHED (PAGE_RW | F_MAP_UNCACHED)

ATTACK("map a page cached and uncached at once: in two tables, by replacing, in a batch, by joining and splitting "
       "frames",
	"what a cache still hides of memory: the page's last owner's data, or a device's view of mine")
{
	int a = l2_new(), b = l2_new(), f_id = mem_new(2 * PAGE_SIZE), upper;
	struct frame_op ops[] = {
		{CALL_frame_map, {(uintptr_t)a, (uintptr_t)f_id, 0, 0, 0, UNCACHED}, 1},
		{CALL_frame_map, {(uintptr_t)b, (uintptr_t)f_id, 0, 0, 0, PAGE_RW}, 1},
	};

	for (int first = 0; first < 2; first++) {
		int one = first ? UNCACHED : PAGE_RW, two = first ? PAGE_RW : UNCACHED;

		CHECK_OK(frame_map(a, f_id, 0, 0, 0, one));
		CHECK_ERR(frame_map(b, f_id, 0, 0, 0, two), ERR_BUSY);
		CHECK_ERR(frame_map(b, f_id, 0, PAGE_SIZE, PAGE_SIZE, two), ERR_BUSY);
		CHECK_ERR(frame_map(a, f_id, 0, 0, 0, two | F_MAP_REPLACE), ERR_BUSY);
		CHECK_OK(frame_protect(a, f_id, 0, 2 * PAGE_SIZE, 0));
		CHECK_ERR(frame_map(b, f_id, 0, 0, 0, two), ERR_BUSY);
		upper = CHECK_OK(frame_split(f_id, PAGE_SIZE));
		CHECK_ERR(frame_map(b, upper, 0, 0, 0, two), ERR_BUSY);
		CHECK_OK(frame_unmap(0, upper, 0, 0));
		CHECK_OK(frame_map(b, upper, 0, 0, 0, two));
		CHECK_OK(frame_unmap(0, upper, 0, 0));
		CHECK_OK(frame_unmap(0, f_id, 0, 0));
		CHECK_OK(frame_merge(f_id, upper));
		CHECK_OK(frame_map(a, f_id, 0, 0, 0, one));
		CHECK_ERR(frame_map(b, f_id, 0, 0, 0, two), ERR_BUSY);
		CHECK_OK(frame_unmap(0, f_id, 0, 0));
	}
	CHECK_EQ(frame_batch(ops, 2), 1);
	CHECK_ERR(ops[1].result, ERR_BUSY);
	CHECK_OK(frame_unmap(0, f_id, 0, 0));
	/* A table is cached, and nothing else. */
	upper = CHECK_OK(frame_split(f_id, PAGE_SIZE));
	CHECK_OK(frame_map(a, upper, 0, 0, 0, PAGE_RO | F_MAP_UNCACHED));
	CHECK_ERR(frame_table(upper, FRAME_L2), ERR_BUSY);
	CHECK_OK(frame_unmap(0, upper, 0, 0));
	CHECK_OK(frame_table(upper, FRAME_L2));
	CHECK_ERR(frame_map(a, upper, 0, 0, 0, PAGE_RO | F_MAP_UNCACHED), ERR_BUSY);
	CHECK_OK(frame_map(a, upper, 0, 0, 0, PAGE_RO));
}
