/* SPDX-License-Identifier: ISC
 * Rule 6 inside a batch: the place is filled again only when no translation of what lay there is left. */
#include "attack.h"

ATTACK("a batch that replaces the page in which its own operations stand, so that the kernel writes their results "
       "there",
	"a write of the kernel's to a frame that is no longer mapped")
{
	struct page p;
	volatile struct frame_op *old, *new;
	int other = mem_new(PAGE_SIZE);

	page_make(&p);
	old = vm_map(p.f_id, 0, 0, RW);
	new = vm_map(other, 0, 0, RW);
	CHECK(old && new);
	((volatile struct frame_op *)p.va)[0] = (struct frame_op){
		CALL_frame_map, {(uintptr_t)p.l2, (uintptr_t)other, p.at, 0, 0, PAGE_RW | F_MAP_REPLACE}, 77};
	new[0].result = 77;
	CHECK_EQ(frame_batch((struct frame_op *)(uintptr_t)p.va, 1), 1);
	CHECK_EQ(old[0].result, 77);
	CHECK_EQ(new[0].result, 0);
}
