/* SPDX-License-Identifier: ISC
 * Round robin within one priority. One CPU. */
#include "test.h"

static void spin(void *shared)
{
	volatile uint32_t *n = shared;

	for (;;)
		n[0]++;
}

TEST("processes of one priority that never wait share the CPU by time slices")
{
	struct child a, b;
	volatile uint32_t *na, *nb;
	int64_t start;

	child_start(&a, spin);
	child_start(&b, spin);
	na = a.shared;
	nb = b.shared;
	start = time_now();
	while (time_now() < start + MS(400))
		continue;
	CHECK(na[0] && nb[0]);
	CHECK(na[0] / 8 < nb[0] && nb[0] / 8 < na[0]);
	CHECK_OK(proc_end(a.pid, 0));
	CHECK_OK(proc_end(b.pid, 0));
	child_join(&a);
	child_join(&b);
}
