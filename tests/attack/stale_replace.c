/* SPDX-License-Identifier: ISC
 * Rule 6, F_MAP_REPLACE: the old page is out of reach when the call returns. */
#include "attack.h"

ATTACK("write to a page that was just replaced by another",
	"writing to the old frame, which may be somebody else's by then")
{
	struct page p, other;

	page_make(&p);
	page_make(&other);
	for (uint32_t n = 1; n < 200; n++) {
		struct page *now = n & 1 ? &other : &p, *then = n & 1 ? &p : &other;
		volatile uint32_t *old = n & 1 ? vm_map(p.f_id, 0, 0, RW) : vm_map(other.f_id, 0, 0, RW);

		CHECK(old);
		page_touch(&p);
		*old = 0;
		CHECK_OK(frame_map(p.l2, now->f_id, p.at, 0, 0, PAGE_RW | F_MAP_REPLACE));
		p.va[0] = n;
		CHECK_EQ(*old, 0);
		CHECK(then != now);
		CHECK_OK(vm_unmap((void *)(uintptr_t)old, PAGE_SIZE));
	}
}
