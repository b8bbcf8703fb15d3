/* SPDX-License-Identifier: ISC
 * F_MAP_REPLACE while another thread reads: design 5. One CPU. */
#include "test.h"

static volatile uint32_t *spot;
static volatile int stop, wrong, reads;

static void reader(void *arg)
{
	(void)arg;
	while (!stop) {
		uint32_t value = *spot;

		if (value != 1 && value != 2)
			wrong++;
		reads++;
	}
}

TEST("while pages are replaced under a reader, each of its reads sees the old or the new page")
{
	int a = mem_new(PAGE_SIZE), b = mem_new(PAGE_SIZE), tid, l2;
	volatile uint32_t *va = vm_map(a, 0, 0, RW), *vb = vm_map(b, 0, 0, RW);
	struct mapping m;
	int64_t end = time_now() + MS(200);

	CHECK(va && vb);
	*va = 1;
	*vb = 2;
	spot = vm_map(a, 0, 0, RW);
	CHECK(spot);
	CHECK_EQ(vspace_next(vspace_root(0), (uintptr_t)spot & ~(uintptr_t)(L2_SPAN - 1), &m), 1);
	l2 = m.f_id;
	tid = CHECK_OK(thread_start(reader, NULL, 4 * PAGE_SIZE));
	for (int n = 0; time_now() < end; n++) {
		CHECK_OK(frame_map(l2, n & 1 ? a : b, (uintptr_t)spot % L2_SPAN, 0, 0, PAGE_RW | F_MAP_REPLACE));
		CHECK_EQ(*spot, n & 1 ? 1 : 2);
		if (n % 16 == 0)
			thread_yield();
	}
	stop = 1;
	CHECK_OK(thread_join(tid));
	CHECK(reads > 0);
	CHECK_EQ(wrong, 0);
}
