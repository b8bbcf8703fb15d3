/* SPDX-License-Identifier: ISC
 * Rule 11: no thread sees another's VFP registers. */
#include "test.h"

static void looks(void *shared)
{
	uint64_t *out = shared;

	__asm__ volatile("vstmia %0!, {d0-d15}\n" : "+r"(out) : : "memory");
	if (__ARM_ARCH >= 7)
		__asm__ volatile("vstmia %0, {d16-d31}\n" : "+r"(out) : : "memory");
	proc_exit(0);
}

TEST("a new process starts with cleared VFP registers")
{
	struct child c;
	uint64_t *out;
	const int upto = __ARM_ARCH < 7 ? 16 : 32;

	child_make(&c);
	out = c.shared;
	for (int n = 0; n < upto; n++)
		out[n] = 1;
	__asm__ volatile("vmov s14, %0\n vmov s31, %0\n" : : "r"(upto) : "d7", "d15");
	if (__ARM_ARCH >= 7)
		__asm__ volatile("vmov.f64 d17, #2.0\n" : : : "d17");
	child_run(&c, looks);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	for (int n = 0; n < upto; n++)
		CHECK(out[n] == 0);
}
