/* SPDX-License-Identifier: ISC
 * What a parent keeps of its children's room for records. */
#include "test.h"

static int role_nothing(int parent)
{
	return parent < 0;
}

const struct test_role test_roles[] = {{"nothing", role_nothing}, {NULL, NULL}};

TEST("300 programs started and ended leave their parent with no more room for records than a few had left it with")
{
	int credits;

	for (int n = 0; n < 30; n++)
		CHECK_EQ(role_wait(role_spawn("nothing")), 0);
	credits = credits_free() + frames_owned();
	for (int n = 0; n < 300; n++)
		CHECK_EQ(role_wait(role_spawn("nothing")), 0);
	/* Pages that the memory server gave a child brought credits along, which stay here when the pages are merged: what
	 * is too much of them goes back. */
	CHECK(credits_free() + frames_owned() <= credits + 126);
}
