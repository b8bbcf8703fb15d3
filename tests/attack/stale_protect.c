/* SPDX-License-Identifier: ISC
 * Rule 6, frame_protect: what is lowered is lowered at once. */
#include "attack.h"

ATTACK("write to a page, have its rights lowered, write again with the translation that allowed it",
	"writing where it may only read, reading where it may do nothing")
{
	struct page p;

	page_make(&p);
	for (int n = 0; n < 200; n++) {
		page_touch(&p);
		CHECK_OK(frame_protect(p.l2, n & 1 ? p.f_id : 0, p.at, PAGE_SIZE, F_MAP_READ));
		CHECK(!probe_write((volatile void *)p.va));
		CHECK_EQ(probe_fault.kind, FAULT_WRITE | FAULT_RIGHT);
		CHECK(probe_read(p.va));
		CHECK(!probe_exec(p.va));
		CHECK_OK(frame_protect(p.l2, p.f_id, p.at, PAGE_SIZE, 0));
		CHECK(!probe_read(p.va));
		CHECK_EQ(probe_fault.kind, FAULT_READ | FAULT_RIGHT);
		CHECK_OK(frame_protect(p.l2, p.f_id, p.at, PAGE_SIZE, RW));
	}
}
