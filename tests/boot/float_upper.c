/* SPDX-License-Identifier: ISC
 * The sixteen more registers that ARMv7's VFPv3 has belong to the thread, too. */
#include "test.h"

static volatile int stop;

static void disturb(void *arg)
{
	double junk = (double)(uintptr_t)arg;

	while (!stop)
		for (int n = 0; n < 1000; n++)
			__asm__ volatile("vmov.f64 d16, %P0\n vmov.f64 d20, %P0\n vmov.f64 d31, %P0\n"
					 :
					 : "w"(junk)
					 : "d16", "d20", "d31");
}

TEST("the upper VFP registers are kept over time slices, calls and messages while another thread uses them")
{
	int64_t end = time_now() + MS(150);
	double in = 1.5, d20, d31;
	int tid;

	if (__ARM_ARCH < 7)
		SKIP("this CPU has only sixteen");
	tid = CHECK_OK(thread_start(disturb, (void *)12345, 4 * PAGE_SIZE));
	while (time_now() < end) {
		__asm__ volatile("vmov.f64 d20, %P2\n vmov.f64 d31, %P2\n"
				 "mov r12, #36\n" /* thread_yield */
				 "svc #0\n"
				 "vmov.f64 %P0, d20\n vmov.f64 %P1, d31\n"
				 : "=&w"(d20), "=&w"(d31)
				 : "w"(in)
				 : "r0", "r1", "r2", "r3", "r12", "d20", "d31", "memory");
		CHECK(d20 == in && d31 == in);
		in += 0.25;
	}
	stop = 1;
	CHECK_OK(thread_join(tid));
}
