/* SPDX-License-Identifier: ISC
 * Contract §1: a stale id names nothing until its slot was reused 1,000 times, whatever the slots beside it were used for and
 * however often their page of records is taken back and donated again. */
#include "attack.h"

#define L2S        12
#define INDEX_MASK 0x1fffff
#define GEN_SHIFT  21
#define GEN_LATE   1022 /* near the end of the generations */
#define USES       1000
#define DONATIONS  40000

static int l2[L2S], used;

static int map_some(int f_id, int most)
{
	int n = 0;

	while (n < most && used < L2S * 512 &&
		frame_map(l2[used / 512], f_id, (uintptr_t)(used % 512) * PAGE_SIZE, 0, 0, PAGE_RO) == 0)
		used++, n++;
	return n;
}

/* Uses the only slot that is free. */
static int use(int f_id)
{
	int id = CHECK_OK(frame_split(f_id, PAGE_SIZE));

	CHECK_OK(frame_merge(f_id, id));
	return id;
}

ATTACK("use up the generations of one slot, take its page of records back, and donate it again",
	"an id that was stale for another slot's frame names one that is mine no more")
{
	int f_id = mem_new(2 * PAGE_SIZE), page = mem_new(PAGE_SIZE), many = mem_new(PAGE_SIZE), stale, id = 0, first;
	struct frame info;

	for (int n = 0; n < L2S; n++)
		l2[n] = l2_new();
	map_some(many, L2S * 512 - 100);
	CHECK_EQ(credits_free(), 0);
	CHECK_EQ(frame_donate(page), 63);
	stale = use(f_id); /* the first slot's */
	use(f_id);         /* the second's */
	first = used;
	CHECK_EQ(map_some(many, 62), 62); /* all but the second */
	while (id >> GEN_SHIFT != GEN_LATE)
		id = use(f_id);
	for (int n = first; n < used; n++)
		CHECK_OK(frame_unmap(l2[n / 512], many, (uintptr_t)(n % 512) * PAGE_SIZE, PAGE_SIZE));
	CHECK_OK(frame_table(page, FRAME_MEM));
	for (int n = 0; n < DONATIONS; n++) {
		CHECK_EQ(frame_donate(page), 63);
		id = use(f_id);
		if ((id & INDEX_MASK) == (stale & INDEX_MASK))
			break; /* its slot is back */
		CHECK_OK(frame_table(page, FRAME_MEM));
	}
	CHECK_EQ(map_some(many, 62), 62); /* all but that one */
	for (int n = 1; n < USES; n++) {
		CHECK_EQ(id & INDEX_MASK, stale & INDEX_MASK);
		CHECK_ERR(frame_info(stale, &info), ERR_FRAME);
		CHECK(id != stale);
		id = use(f_id);
	}
}
