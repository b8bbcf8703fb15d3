/* SPDX-License-Identifier: ISC
 * thread_new in myself. */
#include "test.h"

static volatile int seen, seen_id;
static uint64_t stack[256];

static void body(void *arg)
{
	seen = *(int *)arg;
	seen_id = thread_self();
	thread_unpark(*(int *)arg);
	thread_exit();
}

TEST("a thread is a frame, runs with its argument and its id, and is cleared memory again when it ends")
{
	int f = mem_new(THREAD_SIZE), tid, me = thread_self();
	struct frame info;

	tid = CHECK_OK(thread_new(0, f, (uintptr_t)body, (uintptr_t)(stack + 256), (uintptr_t)&me));
	CHECK(tid > 0 && tid != me);
	CHECK_OK(thread_park(PATIENT));
	CHECK_EQ(seen, me);
	CHECK_EQ(seen_id, tid);
	do {
		CHECK_OK(frame_info(f, &info));
		thread_park(MS(1));
	} while (info.kind == FRAME_THREAD);
	CHECK_EQ(info.kind, FRAME_MEM);
	CHECK_ERR(thread_unpark(tid), ERR_PROC);
	CHECK_EQ(thread_self(), me);
}
