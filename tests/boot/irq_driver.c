/* SPDX-License-Identifier: ISC
 * A line that fires, with the second SP804 timer as the device. */
#include "test.h"

enum { LOAD, VALUE, CONTROL, INT_CLEAR };

#define ONE_SHOT_1MHZ (1u << 7 | 1u << 6 | 1u << 5 | 1u << 1 | 1u)

static void dead_owner(int irq)
{
	struct child c;

	child_make(&c);
	CHECK_OK(proc_end(c.pid, 0));
	CHECK_ERR(irq_allow(c.pid, irq), ERR_DEAD);
}

TEST("a line fires once, is masked until it is acknowledged, and notifies of its bit")
{
	int irq, f = device_new("timer23", &irq);
	volatile uint32_t *timer = vm_map(f, 0, 0, RW);
	struct msg m;

	CHECK(timer);
	CHECK_ERR(irq_ack(irq), ERR_RIGHT);
	CHECK_ERR(irq_bind(irq, 32), ERR_RANGE);
	CHECK_ERR(irq_allow(NO_ID, irq), ERR_PROC);
	dead_owner(irq);
	CHECK_OK(irq_bind(irq, 9));
	for (int n = 0; n < 5; n++) {
		timer[LOAD] = 1000;
		timer[CONTROL] = ONE_SHOT_1MHZ;
		do
			CHECK_OK(msg_recv(&m, PATIENT));
		while (m.tag == MSG_DIED);
		CHECK_EQ(m.tag, MSG_NOTIFY);
		CHECK_EQ(m.word[0], 1u << 9);
		CHECK_ERR(msg_recv(&m, MS(5)), ERR_TIMEOUT);
		timer[CONTROL] = 0;
		timer[INT_CLEAR] = 1;
		CHECK_OK(irq_ack(irq));
	}
	CHECK_OK(irq_bind(irq, -1));
	timer[LOAD] = 1000;
	timer[CONTROL] = ONE_SHOT_1MHZ;
	CHECK_ERR(msg_recv(&m, MS(10)), ERR_TIMEOUT);
	timer[CONTROL] = 0;
	timer[INT_CLEAR] = 1;
	device_return(f);
}
