/* SPDX-License-Identifier: ISC
 * The pager that ordinary programs have: init reports a fault and the program ends with 139. */
#include "test.h"

static int role_wild(int parent)
{
	(void)parent;
	return *(volatile int *)8;
}

const struct test_role test_roles[] = {{"wild", role_wild}, {NULL, NULL}};

TEST("a program that reads where nothing is mapped ends with status 139, and others live on")
{
	CHECK_EQ(role_wait(role_spawn("wild")), 139);
	CHECK_EQ(role_wait(role_spawn("wild")), 139);
}
