/* SPDX-License-Identifier: ISC
 * Rule 6, a frame that goes with a message. */
#include "attack.h"

static void receives(void *shared)
{
	volatile uint32_t *n = shared;
	struct msg m;

	while (msg_recv(&m, -1) == 0)
		n[0]++;
}

ATTACK("send a page away in a message and go on using it, before and after it is received",
	"changing a request after the server has checked it")
{
	struct child c;
	struct page p;
	struct msg m;

	child_start(&c, receives);
	for (int n = 0; n < 30; n++) {
		page_make(&p);
		page_touch(&p);
		m = (struct msg){.tag = 1, .frame = p.f_id};
		CHECK_OK(msg_send(c.pid, &m, PATIENT));
		page_gone(&p);
		CHECK_ERR(frame_map(p.l2, p.f_id, p.at, 0, 0, PAGE_RW), ERR_FRAME);
		CHECK_OK(vm_unmap((void *)(uintptr_t)p.va, PAGE_SIZE));
	}
	child_kill(&c);
}
