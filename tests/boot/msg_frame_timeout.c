/* SPDX-License-Identifier: ISC
 * A frame in a message that is never received. */
#include "test.h"

TEST("a frame whose message times out is still mine, and mapped as it was")
{
	struct child c;
	int f = mem_new(PAGE_SIZE);
	char *va = vm_map(f, 0, 0, RW);
	struct msg m = {.tag = 1, .frame = f};

	CHECK(va);
	va[0] = 3;
	child_make(&c);
	CHECK_ERR(msg_call(c.pid, &m, SHORT), ERR_TIMEOUT);
	CHECK_EQ(m.frame, f);
	CHECK_OK(frame_cache(f, 0, 0, CACHE_CLEAN));
	CHECK(probe_read(va));
	CHECK_EQ(va[0], 3);
}
