/* SPDX-License-Identifier: ISC
 * Ids of what ended name nothing, though its frame serves again. */
#include "attack.h"

#define ROUNDS 300

ATTACK("keep the ids of ended threads, reaped processes and merged frames, and use them when their rooms serve others",
	"control over whoever came after")
{
	int f_id = mem_new(PROC_SIZE), both = mem_new(2 * PAGE_SIZE), pid = 0, upper = 0;
	struct regs regs;
	struct frame info;

	for (int n = 0; n < ROUNDS; n++) {
		int next = CHECK_OK(proc_new(f_id)), part = CHECK_OK(frame_split(both, PAGE_SIZE));

		CHECK(next != pid && part != upper);
		if (pid) {
			CHECK_ERR(proc_end(pid, 0), ERR_PROC);
			CHECK_ERR(proc_reap(pid), ERR_PROC);
			CHECK_ERR(thread_regs(pid, &regs, 0), ERR_PROC);
			CHECK_ERR(frame_allow(pid, ALLOW_SEND), ERR_PROC);
			CHECK_ERR(frame_info(upper, &info), ERR_FRAME);
			CHECK_ERR(frame_give(both, pid), ERR_PROC);
		}
		CHECK_OK(proc_end(next, 0));
		CHECK_OK(proc_reap(next));
		CHECK_OK(frame_merge(both, part));
		pid = next;
		upper = part;
	}
}
