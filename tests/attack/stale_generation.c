/* SPDX-License-Identifier: ISC
 * Contract §1: a stale id names nothing until its slot was reused 1,000 times, however a frame comes to begin in the same place. */
#include "attack.h"

#define INDEX_MASK 0x1fffff
#define USES       1000

static struct frame info;

/* A frame that begins at the second of f_id's four pages, in one of several ways; what it was called. */
static int use(int f_id, int way)
{
	int id = CHECK_OK(frame_split(f_id, PAGE_SIZE)), rest = CHECK_OK(frame_split(id, PAGE_SIZE));

	if (way % 4 == 0)
		CHECK_OK(frame_donate(id)); /* where its own record may come to lie */
	else if (way % 4 == 1)
		CHECK_OK(frame_table(id, FRAME_L2));
	if (way % 4 < 2)
		CHECK_OK(frame_table(id, FRAME_MEM));
	CHECK_OK(frame_merge(id, rest));
	CHECK_OK(frame_merge(f_id, id));
	if (way % 4 == 2)
		CHECK_OK(frame_merge(f_id, CHECK_OK(frame_split(f_id, 2 * PAGE_SIZE))));
	return id;
}

ATTACK("let frames begin in the same place in several ways, a thousand times",
	"an id that was stale names one that is mine no more")
{
	int f_id = mem_new(4 * PAGE_SIZE), stale = use(f_id, 0), id;

	for (int n = 1; n < USES; n++) {
		id = use(f_id, n);
		CHECK(id != stale);
		CHECK_EQ(id & INDEX_MASK, stale & INDEX_MASK);
		CHECK_ERR(frame_info(stale, &info), ERR_FRAME);
	}
}
