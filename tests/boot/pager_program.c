/* SPDX-License-Identifier: ISC
 * The pager that ordinary programs have: init reports a fault and the program ends with 139. */
#include "test.h"

static int role_wild(int parent)
{
	volatile uintptr_t nowhere = 8;

	(void)parent;
	return *(volatile int *)nowhere;
}

const struct test_role test_roles[] = {{"wild", role_wild}, {NULL, NULL}};

TEST("a program that reads where nothing is mapped ends with status 139, and others live on")
{
	CHECK_EQ(role_wait(role_spawn("wild")), 139);
	CHECK_EQ(role_wait(role_spawn("wild")), 139);
}
