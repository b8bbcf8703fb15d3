/* SPDX-License-Identifier: ISC
 * Rule 6 for a batch: one round for all that it took away, whether it ends well or at a failure. */
#include "attack.h"

#define PAGES 150

static struct frame_op ops[PAGES + 1];

ATTACK("unmap pages in a batch that then fails, and go on using them",
	"pages whose flush was put off until after the failure, and forgotten")
{
	int f_id = mem_new(PAGES * PAGE_SIZE), l2;
	volatile char *base = vm_map(f_id, 0, 0, RW);
	uintptr_t at;

	CHECK(base);
	page_credits(2 * PAGES);
	l2 = l2_of(base, &at);
	CHECK(at + PAGES * PAGE_SIZE <= L2_SPAN);
	for (int pages = 1; pages <= PAGES; pages += 49) {
		for (int n = 0; n < pages; n++) {
			uintptr_t page = (uintptr_t)n * PAGE_SIZE;

			base[page] = 1;
			ops[n] = (struct frame_op){
				CALL_frame_unmap, {(uintptr_t)l2, (uintptr_t)f_id, at + page, PAGE_SIZE}, 1};
		}
		ops[pages] = (struct frame_op){CALL_frame_split, {NO_ID, PAGE_SIZE}, 1};
		CHECK_EQ(frame_batch(ops, (size_t)pages + 1), pages);
		CHECK_ERR(ops[pages].result, ERR_FRAME);
		for (int n = 0; n < pages; n++)
			CHECK(!probe_write(base + n * PAGE_SIZE));
		CHECK_OK(frame_unmap(0, f_id, 0, 0));
		CHECK_OK(frame_map(l2, f_id, at, 0, 0, PAGE_RW));
	}
}
