/* SPDX-License-Identifier: ISC
 * A name ends with its process. */
#include "test.h"

static int role_named(int parent)
{
	(void)parent;
	return name_register("short-lived") == 0 && name_lookup("short-lived") == thread_self() ? 0 : 1;
}

const struct test_role test_roles[] = {{"named", role_named}, {NULL, NULL}};

TEST("a name is free again when its process has ended")
{
	CHECK_EQ(role_wait(role_spawn("named")), 0);
	thread_park(SHORT);
	CHECK_ERR(name_lookup("short-lived"), ERR_PROC);
	CHECK_EQ(role_wait(role_spawn("named")), 0);
}
