/* SPDX-License-Identifier: ISC
 * spawn: arguments, environment, status. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "test.h"

static int role_status(int parent)
{
	return parent > 0 ? 42 : 1;
}

static int role_env(int parent)
{
	(void)parent;
	return getenv("COLOUR") && !strcmp(getenv("COLOUR"), "blue") ? 7 : 8;
}

static int role_exit(int parent)
{
	(void)parent;
	exit(9);
}

static int role_abort(int parent)
{
	(void)parent;
	abort();
}

const struct test_role test_roles[] = {
	{"status", role_status}, {"env", role_env}, {"exit", role_exit}, {"abort", role_abort}, {NULL, NULL}};

TEST("a program gets its arguments and environment, and its status comes back; what is no program is refused")
{
	char *argv[] = {(char *)(uintptr_t) "none", NULL};

	CHECK_EQ(role_wait(role_spawn("status")), 42);
	CHECK_OK(setenv("COLOUR", "blue", 1));
	CHECK_EQ(role_wait(role_spawn("env")), 7);
	CHECK_EQ(role_wait(role_spawn("exit")), 9);
	CHECK(role_wait(role_spawn("abort")) != 0);
	CHECK(spawn("/bin/none", argv) < 0);
	CHECK(spawn("no-such-program", argv) < 0);
	CHECK(spawn("/bin", argv) < 0);
}
