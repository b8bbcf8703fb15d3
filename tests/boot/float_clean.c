/* SPDX-License-Identifier: ISC
 * Rule 11: no thread sees another's VFP registers. */
#include "test.h"

static void looks(void *shared)
{
	uint64_t *out = shared;

	__asm__ volatile("vstmia %0!, {d0-d15}\n vstmia %0, {d16-d31}\n" : "+r"(out) : : "memory");
	proc_exit(0);
}

TEST("a new process starts with cleared VFP registers")
{
	struct child c;
	uint64_t *out;

	child_make(&c);
	out = c.shared;
	for (int n = 0; n < 32; n++)
		out[n] = 1;
	__asm__ volatile("vmov.f64 d7, #1.0\n vmov.f64 d17, #2.0\n" : : : "d7", "d17");
	child_run(&c, looks);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
	for (int n = 0; n < 32; n++)
		CHECK(out[n] == 0);
}
