/* SPDX-License-Identifier: ISC
 * frame_batch with many operations. */
#include "test.h"

TEST("a batch of page maps over a whole L2 lands every page, and one of unmaps takes every one out")
{
	static struct frame_op ops[BATCH_MAX / 2];
	enum { N = BATCH_MAX / 2 };
	int l2 = l2_new(), f = mem_new(PAGE_SIZE), credits;

	CHECK_OK(page_credits(N + 8));
	credits = credits_free();
	for (uintptr_t n = 0; n < N; n++)
		ops[n] = (struct frame_op){
			CALL_frame_map, {(uintptr_t)l2, (uintptr_t)f, n * PAGE_SIZE, 0, 0, PAGE_RO}, 99};
	CHECK_EQ(frame_batch(ops, N), N);
	CHECK_EQ(frame_mappings(f), N);
	CHECK_EQ(credits_free(), credits - N);
	for (uintptr_t n = 0; n < N; n++)
		ops[n] = (struct frame_op){
			CALL_frame_unmap, {(uintptr_t)l2, (uintptr_t)f, n * PAGE_SIZE, PAGE_SIZE}, 99};
	CHECK_EQ(frame_batch(ops, N), N);
	CHECK_EQ(frame_mappings(f), 0);
	CHECK_EQ(credits_free(), credits);
}
