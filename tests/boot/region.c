/* SPDX-License-Identifier: ISC
 * region: reserve now, commit late. */
#include "test.h"

TEST("a region's pages are free, reserved or committed, and only committed ones hold memory")
{
	struct region *r = region_new(1000);
	char *a, *b;

	CHECK(r);
	a = region_reserve(r, 10);
	b = region_reserve(r, 5);
	CHECK(a && b && (b >= a + 10 * PAGE_SIZE || a >= b + 5 * PAGE_SIZE));
	CHECK_EQ(region_state(r, a), REGION_RESERVED);
	CHECK(!probe_read(a));
	CHECK_OK(region_commit(r, a, 3));
	CHECK_EQ(region_state(r, a + 2 * PAGE_SIZE), REGION_COMMITTED);
	CHECK_EQ(region_state(r, a + 3 * PAGE_SIZE), REGION_RESERVED);
	CHECK_EQ(a[0], 0);
	a[0] = 9;
	CHECK_OK(region_commit(r, a, 4));
	CHECK_EQ(a[0], 9);
	CHECK_OK(region_decommit(r, a, 4));
	CHECK_EQ(region_state(r, a), REGION_RESERVED);
	CHECK(!probe_read(a));
	CHECK_OK(region_commit(r, a, 1));
	CHECK_EQ(a[0], 0);
	CHECK_OK(region_release(r, a, 10));
	CHECK_EQ(region_state(r, a), REGION_FREE);
	CHECK_ERR(region_state(r, (char *)region_base(r) + 1000 * PAGE_SIZE), ERR_RANGE);
	CHECK(region_reserve(r, 1001) == NULL);
	CHECK(region_reserve(r, 986) == NULL); /* b's five pages lie in between */
	CHECK_OK(region_release(r, b, 5));
	CHECK(region_reserve(r, 1000) != NULL);
	region_free(r);
}
