/* SPDX-License-Identifier: ISC
 * Programs started and ended leave no memory behind. What the servers keep for themselves settles in the first
 * rounds. */
#include "test.h"

static int role_nothing(int parent)
{
	return parent < 0;
}

const struct test_role test_roles[] = {{"nothing", role_nothing}, {NULL, NULL}};

static uint32_t bytes_free(void)
{
	struct msg m = {.tag = INIT_MEM_INFO};
	struct proc_info me;

	CHECK_OK(proc_info(0, &me));
	CHECK_OK(msg_call(me.pager, &m, PATIENT));
	CHECK_OK(m.tag);
	return m.word[0];
}

TEST("40 programs started and ended leave the memory server with what it had")
{
	uint32_t then;

	for (int n = 0; n < 10; n++)
		CHECK_EQ(role_wait(role_spawn("nothing")), 0);
	then = bytes_free();
	for (int n = 0; n < 40; n++)
		CHECK_EQ(role_wait(role_spawn("nothing")), 0);
	CHECK(bytes_free() + 64 * PAGE_SIZE >= then); /* a leak of the least kind would be 40 programs */
}
