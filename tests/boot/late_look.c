/* SPDX-License-Identifier: ISC
 * Rule 11: calls that only look at the books do not finish an operation that somebody of lower priority has begun. */
#include "late.h"

#define LEN    (4 * SECTION_SIZE)
#define ROUNDS 100

static volatile int f_id;

static void donates(void *arg)
{
	(void)arg;
	for (;;) {
		frame_donate(f_id);
		frame_table(f_id, FRAME_MEM);
	}
}

static int64_t took(int64_t since)
{
	return time_now() - since;
}

TEST("while a thread of lower priority turns 4 MiB into room for records and back, looking takes no longer than a step "
     "of that")
{
	struct frame frame;
	struct mapping map;
	struct proc_info info;
	int64_t worst = 0, begin;
	int root = CHECK_OK(vspace_root(0));

	f_id = mem_new(LEN);
	CHECK_OK(thread_priority(thread_start(donates, NULL, 16384), 2));
	for (int i = 0; i < ROUNDS; i++) {
		CHECK_ERR(thread_park(300000 + i * 1237), ERR_TIMEOUT);
		begin = time_now();
		CHECK_OK(frame_info(root, &frame));
		CHECK_OK(vspace_resolve(root, (uintptr_t)&worst, &map));
		CHECK_OK(vspace_next(root, (uintptr_t)&worst, &map));
		CHECK_OK(frame_count(0));
		CHECK_OK(frame_next(0, 0));
		CHECK_OK(proc_info(0, &info));
		CHECK_OK(thread_next(0, 0));
		if (took(begin) > worst)
			worst = took(begin);
	}
	CHECK(worst <= late_max());
}
