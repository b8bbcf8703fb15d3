/* SPDX-License-Identifier: ISC
 * Many threads, made and joined. */
#include "test.h"

static struct mutex lock = MUTEX_INIT;
static volatile int total;

static void adds(void *arg)
{
	for (int n = 0; n < 50; n++) {
		mutex_lock(&lock);
		total += (int)(uintptr_t)arg;
		mutex_unlock(&lock);
	}
}

TEST("100 threads, twenty at a time, made, run and joined, leave no frames behind")
{
	int tid[20], owned = 0;

	for (int round = 0; round < 5; round++) {
		for (int n = 0; n < 20; n++)
			tid[n] = CHECK_OK(thread_start(adds, (void *)1, 4 * PAGE_SIZE));
		for (int n = 0; n < 20; n++)
			CHECK_OK(thread_join(tid[n]));
		if (round == 1)
			owned = frames_owned() + credits_free();
	}
	CHECK_EQ(total, 5000);
	CHECK(frames_owned() + credits_free() <= owned + 63 && frames_owned() + credits_free() >= owned - 63);
}
