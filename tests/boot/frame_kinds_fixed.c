/* SPDX-License-Identifier: ISC
 * Frames of threads, processes and records: what cannot be done with them. */
#include "test.h"

static void waits(void *arg)
{
	(void)arg;
	thread_park(-1);
}

static int frame_thread(void)
{
	struct frame f;

	for (int f_id = CHECK_OK(frame_next(0, 0)); f_id; f_id = CHECK_OK(frame_next(0, f_id))) {
		CHECK_OK(frame_info(f_id, &f));
		if (f.kind == FRAME_THREAD)
			return f_id;
	}
	return 0;
}

TEST("a thread's frame is neither given nor sent nor split nor mapped nor turned into something else")
{
	struct child c;
	struct msg m = {.tag = 1};
	int tid = CHECK_OK(thread_start(waits, NULL, 4 * PAGE_SIZE)), f = frame_thread(), l2 = l2_new();

	CHECK(f);
	child_make(&c);
	CHECK_ERR(frame_give(f, c.pid), ERR_KIND);
	m.frame = f;
	CHECK_ERR(msg_call(c.pid, &m, 0), ERR_KIND);
	CHECK_ERR(msg_send(c.pid, &m, 0), ERR_KIND);
	CHECK_ERR(frame_split(f, PAGE_SIZE), ERR_KIND);
	CHECK_ERR(frame_map(l2, f, 0, 0, 0, PAGE_RO), ERR_KIND);
	CHECK_ERR(frame_table(f, FRAME_MEM), ERR_KIND);
	CHECK_ERR(frame_table(f, FRAME_L2), ERR_KIND);
	CHECK_ERR(frame_donate(f), ERR_KIND);
	CHECK_ERR(frame_cache(f, 0, 0, CACHE_CLEAN), ERR_KIND);
	CHECK_ERR(proc_new(f), ERR_KIND);
	CHECK_ERR(thread_new(0, f, USER_END / 2, 0, 0), ERR_KIND);
	CHECK_EQ(frame_kind(f), FRAME_THREAD);
	CHECK_OK(thread_unpark(tid));
	CHECK_OK(thread_join(tid));
}
