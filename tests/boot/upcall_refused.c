/* SPDX-License-Identifier: ISC
 * thread_upcall and thread_return: refusals. */
#include "test.h"

static void handler(void *area)
{
	thread_return(area);
}

TEST("an area that is not word-aligned or not in user space is refused")
{
	static struct upcall area;

	CHECK_ERR(thread_upcall(handler, (char *)&area + 2), ERR_ALIGN);
	CHECK_ERR(thread_upcall(handler, (void *)USER_END), ERR_RANGE);
	CHECK_ERR(thread_upcall(handler, (void *)(USER_END - 4)), ERR_RANGE);
	CHECK_ERR(thread_upcall((void (*)(void *))USER_END, &area), ERR_RANGE);
	CHECK_ERR(thread_return((char *)&area + 1), ERR_ALIGN);
	CHECK_ERR(thread_return((void *)USER_END), ERR_POINTER);
}
