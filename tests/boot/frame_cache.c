/* SPDX-License-Identifier: ISC
 * frame_cache. QEMU has no caches: it can only show what is accepted and refused. */
#include "test.h"

TEST("frame_cache takes parts of memory frames of mine, mapped or not, and refuses the rest")
{
	int f = mem_new(4 * PAGE_SIZE), proc = mem_new(PROC_SIZE), pid;

	CHECK_OK(frame_cache(f, 0, 0, CACHE_CLEAN));
	CHECK_OK(frame_cache(f, PAGE_SIZE, 2 * PAGE_SIZE, CACHE_FLUSH));
	CHECK_OK(frame_cache(f, 0, PAGE_SIZE, CACHE_UNIFY));
	CHECK_ERR(frame_cache(NO_ID, 0, 0, CACHE_CLEAN), ERR_FRAME);
	CHECK_ERR(frame_cache(f, 1, 0, CACHE_CLEAN), ERR_ALIGN);
	CHECK_ERR(frame_cache(f, 0, 7, CACHE_CLEAN), ERR_ALIGN);
	CHECK_ERR(frame_cache(f, 0, 5 * PAGE_SIZE, CACHE_CLEAN), ERR_RANGE);
	CHECK_ERR(frame_cache(f, PAGE_SIZE, (size_t)-PAGE_SIZE, CACHE_CLEAN), ERR_RANGE);
	CHECK_ERR(frame_cache(f, 0, 0, 0), ERR_FLAGS);
	CHECK_ERR(frame_cache(f, 0, 0, 4), ERR_FLAGS);
	pid = CHECK_OK(proc_new(proc));
	CHECK_ERR(frame_cache(proc, 0, 0, CACHE_CLEAN), ERR_KIND);
	CHECK_OK(proc_end(pid, 0));
}
