/* SPDX-License-Identifier: ISC
 * malloc at the end of memory. */
#include <errno.h>
#include <stdlib.h>
#include "test.h"

TEST("malloc of more than there is answers NULL with ENOMEM, and less works after it")
{
	volatile size_t huge = (size_t)1 << 30;
	char *some;

	errno = 0;
	CHECK(malloc(huge) == NULL);
	CHECK_EQ(errno, ENOMEM);
	some = malloc(100000);
	CHECK(some);
	some[99999] = 1;
	free(some);
}
