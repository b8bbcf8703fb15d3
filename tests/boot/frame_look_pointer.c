/* SPDX-License-Identifier: ISC
 * The looking calls with bad pointers. Kernel addresses: no fault handler is asked for those. */
#include "test.h"

TEST("a pointer outside user space answers POINTER from every call that writes through one")
{
	int l2, l1 = l1_with_l2(&l2), f = mem_new(PAGE_SIZE);
	void *bad[] = {(void *)USER_END, (void *)0xfffffff0};

	CHECK_OK(frame_map(l2, f, 0, 0, 0, PAGE_RO));
	for (int n = 0; n < 2; n++) {
		CHECK_ERR(frame_info(f, bad[n]), ERR_POINTER);
		CHECK_ERR(frame_maps(f, bad[n]), ERR_POINTER);
		CHECK_ERR(vspace_next(l1, 0, bad[n]), ERR_POINTER);
		CHECK_ERR(vspace_resolve(l1, 0, bad[n]), ERR_POINTER);
		CHECK_ERR(proc_info(0, bad[n]), ERR_POINTER);
	}
}
