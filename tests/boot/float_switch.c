/* SPDX-License-Identifier: ISC
 * VFP registers belong to the thread. */
#include "test.h"

static volatile int stop;

static void disturb(void *arg)
{
	double junk = (double)(uintptr_t)arg;

	while (!stop)
		for (int n = 0; n < 1000; n++)
			__asm__ volatile("vmov.f64 d8, %P0\n vmov.f64 d7, %P0\n vmov.f64 d0, %P0\n vmov.f64 d15, %P0\n"
					 :
					 : "w"(junk)
					 : "d0", "d8", "d7", "d15");
}

TEST("VFP registers are kept over time slices, calls and messages while another thread uses them")
{
	int tid = CHECK_OK(thread_start(disturb, (void *)12345, 4 * PAGE_SIZE));
	int64_t end = time_now() + MS(150);
	double in = 1.5, d0, d7, d15;

	while (time_now() < end) {
		__asm__ volatile("vmov.f64 d0, %P3\n vmov.f64 d7, %P3\n vmov.f64 d15, %P3\n"
				 "mov r12, #36\n" /* thread_yield */
				 "svc #0\n"
				 "vmov.f64 %P0, d0\n vmov.f64 %P1, d7\n vmov.f64 %P2, d15\n"
				 : "=&w"(d0), "=&w"(d7), "=&w"(d15)
				 : "w"(in)
				 : "r0", "r1", "r2", "r3", "r12", "d0", "d7", "d15", "memory");
		CHECK(d0 == in && d7 == in && d15 == in);
		in += 0.25;
	}
	stop = 1;
	CHECK_OK(thread_join(tid));
}
