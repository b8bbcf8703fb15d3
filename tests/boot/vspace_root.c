/* SPDX-License-Identifier: ISC
 * vspace_root: whose root I may name. */
#include "test.h"

TEST("vspace_root names mine, a child's, and of one who allows me to map; 0 while there is none")
{
	struct child c;
	int stranger = CHECK_OK(name_lookup("files"));

	CHECK(vspace_root(0) > 0);
	CHECK_EQ(vspace_root(thread_self()), vspace_root(0));
	child_build(&c);
	CHECK_EQ(vspace_root(c.pid), 0);
	CHECK_EQ(vspace_swap(c.pid, c.l1), 0);
	CHECK_EQ(vspace_root(c.pid), c.l1);
	CHECK_ERR(vspace_root(NO_ID), ERR_PROC);
	CHECK_ERR(vspace_root(stranger), ERR_PROC);
}
