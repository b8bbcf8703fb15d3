/* SPDX-License-Identifier: ISC
 * Several programs at once, started and waited for out of order. */
#include "test.h"

static int role_sleeps(int parent)
{
	thread_park(MS(5));
	return parent > 0 ? thread_self() % 100 : 0;
}

const struct test_role test_roles[] = {{"sleeps", role_sleeps}, {NULL, NULL}};

TEST("twelve programs run at once, and each one's status is its own, whatever order they are waited for in")
{
	int pid[12];

	for (int n = 0; n < 12; n++)
		pid[n] = role_spawn("sleeps");
	for (int n = 11; n >= 0; n--)
		CHECK_EQ(role_wait(pid[n]), pid[n] % 100);
}
