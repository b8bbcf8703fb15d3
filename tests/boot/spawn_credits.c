/* SPDX-License-Identifier: ISC
 * What a parent keeps of its children's room for records. */
#include "test.h"

static int role_nothing(int parent)
{
	return parent < 0;
}

const struct test_role test_roles[] = {{"nothing", role_nothing}, {NULL, NULL}};

static unsigned room_pages(void)
{
	unsigned pages = 0;
	struct frame f;

	for (int id = CHECK_OK(frame_next(0, 0)); id; id = CHECK_OK(frame_next(0, id))) {
		CHECK_OK(frame_info(id, &f));
		pages += f.kind == FRAME_RECORDS ? f.len / PAGE_SIZE : 0;
	}
	return pages;
}

TEST("300 programs started and ended leave their parent with no more room for records than a few had left it with")
{
	unsigned pages;

	for (int n = 0; n < 30; n++)
		CHECK_EQ(role_wait(role_spawn("nothing")), 0);
	pages = room_pages();
	for (int n = 0; n < 300; n++)
		CHECK_EQ(role_wait(role_spawn("nothing")), 0);
	CHECK(room_pages() <= pages + 4); /* what one child starts with */
	/* Credits come with each page of the memory server's, and stay here when pages are merged: what is too much goes back. */
	CHECK(credits_free() <= 512);
}
