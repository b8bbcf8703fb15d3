/* SPDX-License-Identifier: ISC
 * The user's thread-pointer register belongs to the thread. */
#include "test.h"

static volatile int stop;

static uint32_t pointer_get(void)
{
	uint32_t value;

	__asm__ volatile("mrc p15, 0, %0, c13, c0, 2" : "=r"(value));
	return value;
}

static void pointer_set(uint32_t value)
{
	__asm__ volatile("mcr p15, 0, %0, c13, c0, 2" : : "r"(value));
}

static void disturb(void *arg)
{
	(void)arg;
	while (!stop) {
		pointer_set(0xbad);
		thread_yield();
	}
}

TEST("TPIDRURW keeps what its thread wrote while others write theirs")
{
	uint32_t mine = pointer_get();
	int tid = CHECK_OK(thread_start(disturb, NULL, 4 * PAGE_SIZE));
	bool kept = true;

	for (uint32_t n = 1; n < 200; n++) {
		pointer_set(n);
		thread_yield();
		kept = kept && pointer_get() == n;
	}
	pointer_set(mine);
	stop = 1;
	CHECK_OK(thread_join(tid));
	CHECK(kept);
}
