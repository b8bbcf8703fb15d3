/* SPDX-License-Identifier: ISC
 * err_string. */
#include <string.h>
#include "test.h"

TEST("every error has a sentence of its own, and any other number one too")
{
	for (int a = -1; a >= ERR_CPU; a--) {
		CHECK(err_string(a) && *err_string(a));
		for (int b = a - 1; b >= ERR_CPU; b--)
			CHECK(strcmp(err_string(a), err_string(b)));
	}
	CHECK(!strcmp(err_string(0), "success"));
	CHECK(err_string(-9999) != NULL);
	CHECK(!strcmp(err_string(ERR_RECORDS), "no record credits left"));
}
