/* SPDX-License-Identifier: ISC
 * A RECORDS frame in a message. It shows the departure that NOTES.md explains. */
#include "test.h"

TEST("a RECORDS frame does not go with a message, and nothing moves; frame_give is for that")
{
	struct child c;
	struct msg m = {.tag = 1, .frame = mem_new(PAGE_SIZE)};
	int credits;

	CHECK_OK(frame_donate(m.frame));
	child_make(&c);
	credits = credits_free();
	CHECK_ERR(msg_call(c.pid, &m, 0), ERR_KIND);
	CHECK_ERR(msg_send(c.pid, &m, 0), ERR_KIND);
	CHECK_EQ(credits_free(), credits);
	CHECK_OK(frame_give(m.frame, c.pid));
}
