/* SPDX-License-Identifier: ISC
 * vspace_swap: each refusal. */
#include "test.h"

TEST("vspace_swap refuses foreign ids, other kinds, and roots in use")
{
	struct child c;
	int l1 = l1_new(), l2 = l2_new(), page = mem_new(PAGE_SIZE);
	int stranger = CHECK_OK(name_lookup("files"));

	child_make(&c);
	CHECK_ERR(vspace_swap(0, NO_ID), ERR_FRAME);
	CHECK_ERR(vspace_swap(NO_ID, l1), ERR_PROC);
	CHECK_ERR(vspace_swap(stranger, l1), ERR_PROC);
	CHECK_ERR(vspace_swap(c.pid, page), ERR_KIND);
	CHECK_ERR(vspace_swap(c.pid, l2), ERR_KIND);
	CHECK_ERR(vspace_swap(c.pid, vspace_root(0)), ERR_BUSY);
	CHECK(vspace_swap(0, c.l1) == ERR_FRAME);
	CHECK_EQ(vspace_root(c.pid), c.l1);
}
