/* SPDX-License-Identifier: ISC
 * Rule 6, frame_give: the giver has nothing left. */
#include "attack.h"

ATTACK("give a page away and go on using the translations of both of its mappings",
	"reading and writing memory that is another process's")
{
	struct child c;
	struct page p;
	volatile uint32_t *second;

	child_make(&c);
	for (int n = 0; n < 50; n++) {
		page_make(&p);
		second = vm_map(p.f_id, 0, 0, F_MAP_READ);
		CHECK(second);
		page_touch(&p);
		CHECK_EQ(*second, p.va[0]);
		CHECK_OK(frame_give(p.f_id, c.pid));
		page_gone(&p);
		CHECK(!probe_read(second));
		CHECK_OK(vm_unmap((void *)(uintptr_t)p.va, PAGE_SIZE));
		CHECK_OK(vm_unmap((void *)(uintptr_t)second, PAGE_SIZE));
	}
	child_kill(&c);
}
