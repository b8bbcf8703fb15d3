/* SPDX-License-Identifier: ISC
 * "A reference dropped last": a frame changes its kind only after the last mapping that could write, whatever order
 * they go in. */
#include "attack.h"

#define PAGES (L1_SIZE / PAGE_SIZE)

/* Takes the pages of a writable mapping out in the order that `order` tells. */
static void pages_leave(int f_id, int l2, unsigned order)
{
	bool gone[PAGES] = {false};

	CHECK_OK(frame_map(l2, f_id, 0, 0, 0, PAGE_RW));
	for (unsigned left = PAGES; left; left--) {
		unsigned skip = order % left, n = 0;

		order /= left;
		for (; gone[n] || skip; n++)
			skip -= !gone[n];
		CHECK_ERR(frame_table(f_id, FRAME_L1), ERR_BUSY);
		CHECK_OK(frame_unmap(l2, f_id, n * PAGE_SIZE, PAGE_SIZE));
		gone[n] = true;
	}
	CHECK_OK(frame_table(f_id, FRAME_L1));
	CHECK_OK(frame_table(f_id, FRAME_MEM));
}

ATTACK("take the pages of a writable mapping out one by one, in every order, and make the frame a table in between",
	"a table with one writable page left, because the counts were of something else")
{
	int f_id = mem_new(L1_SIZE), l2 = l2_new(), other = l2_new(), l1;

	for (unsigned order = 0; order < 24; order++)
		pages_leave(f_id, l2, order);
	/* Readable ones may stay, and then go in any order with the table's own end. */
	CHECK_OK(frame_map(l2, f_id, 0, 0, 0, PAGE_RO));
	CHECK_OK(frame_map(other, f_id, 0, 0, 0, PAGE_RW));
	CHECK_OK(frame_unmap(l2, f_id, 0, 0));
	CHECK_ERR(frame_table(f_id, FRAME_L1), ERR_BUSY);
	CHECK_OK(frame_map(l2, f_id, 0, 0, 0, PAGE_RO));
	CHECK_OK(frame_unmap(other, f_id, 0, 0));
	CHECK_OK(frame_table(f_id, FRAME_L1));
	l1 = f_id;
	CHECK_OK(frame_map(l1, other, 0, 0, 0, F_MAP_TABLE));
	CHECK_ERR(frame_table(other, FRAME_MEM), ERR_BUSY);
	CHECK_ERR(frame_table(l1, FRAME_MEM), ERR_BUSY);
	CHECK_ERR(frame_give(other, thread_self()), ERR_BUSY);
	CHECK_OK(frame_unmap(0, other, 0, 0));
	CHECK_OK(frame_table(other, FRAME_MEM));
	CHECK_OK(frame_table(l1, FRAME_MEM));
	CHECK_ERR(frame_protect(l2, l1, 0, L1_SIZE, RW), ERR_RIGHT);
}
