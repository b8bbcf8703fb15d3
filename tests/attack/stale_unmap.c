/* SPDX-License-Identifier: ISC
 * Rule 6, frame_unmap of one page.  QEMU drops translations when the address space changes, so nothing else runs. */
#include "attack.h"

ATTACK("touch a page so that the TLB has it, unmap it, touch it again",
	"a page that it no longer has, whoever gets it next")
{
	struct page p;

	page_make(&p);
	for (int n = 0; n < 200; n++) {
		page_touch(&p);
		CHECK_OK(frame_unmap(p.l2, n & 1 ? p.f_id : 0, p.at, PAGE_SIZE));
		page_gone(&p);
		page_map(&p);
	}
}
