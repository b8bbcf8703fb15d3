/* SPDX-License-Identifier: ISC
 * A line that stays asserted. */
#include "test.h"

enum { LOAD, VALUE, CONTROL, INT_CLEAR };

#define ONE_SHOT_1MHZ (1u << 7 | 1u << 6 | 1u << 5 | 1u << 1 | 1u)

TEST("a device that still asks after the acknowledgement notifies again; one that was never served hangs nobody")
{
	int irq, f = device_new("timer23", &irq);
	volatile uint32_t *timer = vm_map(f, 0, 0, RW);
	struct msg m;

	CHECK(timer);
	CHECK_OK(irq_bind(irq, 0));
	timer[LOAD] = 100;
	timer[CONTROL] = ONE_SHOT_1MHZ;
	for (int n = 0; n < 10; n++) {
		CHECK_OK(msg_recv(&m, PATIENT));
		CHECK_EQ(m.word[0], 1);
		CHECK_OK(irq_ack(irq));
	}
	timer[CONTROL] = 0;
	timer[INT_CLEAR] = 1;
	CHECK_OK(irq_bind(irq, -1));
	device_return(f);
}
