/* SPDX-License-Identifier: ISC
 * The name service. */
#include "test.h"

TEST("a name belongs to one process; who asks for another gets PROC, who wants one that is taken EXISTS")
{
	CHECK(name_lookup("files") > 0);
	CHECK(name_lookup("console") > 0);
	CHECK_ERR(name_lookup("nobody"), ERR_PROC);
	CHECK_OK(name_register("tester"));
	CHECK_EQ(name_lookup("tester"), thread_self());
	CHECK_ERR(name_register("files"), ERR_EXISTS);
	CHECK_ERR(name_register("a-name-that-is-longer-than-23-bytes"), ERR_RANGE);
}
