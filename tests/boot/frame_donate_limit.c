/* SPDX-License-Identifier: ISC
 * frame_donate: the kernel's window for records. */
#include "test.h"

TEST("a frame so big that the kernel's window for records has no room for it is not taken, and stays memory")
{
	/* The window is a quarter of the memory, and at most 128 MiB. */
	int f = CHECK_OK(page_alloc((size_t)132 << 20, 0)), credits = credits_free();

	CHECK_ERR(frame_donate(f), ERR_RANGE);
	CHECK_EQ(frame_kind(f), FRAME_MEM);
	CHECK_EQ(credits_free(), credits);
	CHECK_OK(page_free(f));
}
