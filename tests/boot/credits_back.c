/* SPDX-License-Identifier: ISC
 * page_credits of more than there is memory for. */
#include "test.h"

TEST("credits that cannot be had are refused for want of memory, and what was turned into room for them is memory "
     "again")
{
	int before = credits_free(), f;

	for (int n = 0; n < 3; n++) {
		CHECK_ERR(page_credits(100000000), ERR_MEMORY);
		CHECK(credits_free() <= before + 256);
		f = CHECK_OK(page_alloc((size_t)16 << 20, 0));
		CHECK_OK(page_free(f));
	}
}
