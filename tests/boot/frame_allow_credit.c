/* SPDX-License-Identifier: ISC
 * What a grant costs. */
#include "test.h"

TEST("a grant to a stranger costs a record until it is withdrawn; to anyone, parent and children it costs none")
{
	struct child c;
	struct proc_info me;
	int stranger = CHECK_OK(name_lookup("files")), credits;

	CHECK_OK(proc_info(0, &me));
	child_make(&c);
	CHECK_OK(page_credits(16));
	CHECK_OK(frame_allow(stranger, 0));
	credits = credits_free();
	CHECK_OK(frame_allow(stranger, ALLOW_SEND));
	CHECK_EQ(credits_free(), credits - 1);
	CHECK_OK(frame_allow(stranger, ALLOW_SEND | ALLOW_GIVE));
	CHECK_EQ(credits_free(), credits - 1);
	CHECK_OK(frame_allow(stranger, 0));
	CHECK_EQ(credits_free(), credits);
	CHECK_OK(frame_allow(0, ALLOW_SEND));
	CHECK_OK(frame_allow(me.parent, ALLOW_SEND | ALLOW_GIVE));
	CHECK_OK(frame_allow(c.pid, ALLOW_SEND | ALLOW_GIVE));
	CHECK(credits_free() >= credits - 2);
	CHECK_OK(frame_allow(0, 0));
}
