/* SPDX-License-Identifier: ISC
 * time_now and cycles_now. */
#include "test.h"

TEST("time goes on, never back, at the rate of nanoseconds; a cycle counter counts")
{
	int64_t last = time_now(), start = last;
	uint32_t cycles = cycles_now();

	for (int n = 0; n < 10000; n++) {
		int64_t now = time_now();

		CHECK(now >= last);
		last = now;
	}
	CHECK(last > start);
	CHECK(start > 0 && start < INT64_C(3600) * 1000000000);
	CHECK(cycles_now() != cycles || !cycles); /* 0: this CPU has none for users */
}
