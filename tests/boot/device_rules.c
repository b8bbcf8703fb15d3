/* SPDX-License-Identifier: ISC
 * What device frames refuse. */
#include "raiser.h"

TEST("device registers are never executable nor a table, a process, records or memory")
{
	const struct raiser *device;
	int irq, f = raiser_new(&irq, &device), l2 = l2_new(), mem = mem_new(PAGE_SIZE);

	CHECK_EQ(frame_kind(f), FRAME_DEV);
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, PAGE_RO | F_MAP_EXEC), ERR_RIGHT);
	CHECK_ERR(frame_table(f, FRAME_L2), ERR_KIND);
	CHECK_ERR(frame_donate(f), ERR_KIND);
	CHECK_ERR(proc_new(f), ERR_KIND);
	CHECK_ERR(thread_new(0, f, USER_END / 2, 0, 0), ERR_KIND);
	CHECK_ERR(frame_merge(f, mem), ERR_KIND);
	CHECK_ERR(frame_cache(f, 0, 0, CACHE_CLEAN), ERR_KIND);
	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RW));
	CHECK_EQ(frame_mappings(f), 1);
	device_return(f);
}
