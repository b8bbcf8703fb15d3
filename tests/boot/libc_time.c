/* SPDX-License-Identifier: ISC
 * time() and clock of newlib. */
#include <sys/time.h>
#include <time.h>
#include "test.h"

TEST("gettimeofday and clock go on with the time since boot")
{
	struct timeval a, b;

	CHECK_EQ(gettimeofday(&a, NULL), 0);
	thread_park(MS(30));
	CHECK_EQ(gettimeofday(&b, NULL), 0);
	CHECK((b.tv_sec - a.tv_sec) * 1000000 + b.tv_usec - a.tv_usec >= 30000);
	CHECK(time(NULL) != (time_t)-1);
}
