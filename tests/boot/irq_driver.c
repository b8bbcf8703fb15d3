/* SPDX-License-Identifier: ISC
 * A line that fires. */
#include "raiser.h"

static void dead_owner(int irq)
{
	struct child c;

	child_make(&c);
	CHECK_OK(proc_end(c.pid, 0));
	CHECK_ERR(irq_allow(c.pid, irq), ERR_DEAD);
	CHECK_OK(proc_wait(c.pid, PATIENT, NULL));
}

TEST("a line fires once, is masked until it is acknowledged, and notifies of its bit")
{
	const struct raiser *device;
	int irq, f = raiser_new(&irq, &device);
	volatile uint32_t *regs = vm_map(f, 0, 0, RW);
	struct msg m;

	CHECK(regs);
	CHECK_ERR(irq_ack(irq), ERR_RIGHT);
	CHECK_ERR(irq_bind(irq, 32), ERR_RANGE);
	CHECK_ERR(irq_allow(NO_ID, irq), ERR_PROC);
	dead_owner(irq);
	CHECK_OK(irq_bind(irq, 9));
	for (int n = 0; n < 5; n++) {
		device->raise(regs);
		CHECK_OK(msg_recv(&m, PATIENT));
		CHECK_EQ(m.tag, MSG_NOTIFY);
		CHECK_EQ(m.word[0], 1u << 9);
		CHECK_ERR(msg_recv(&m, MS(5)), ERR_TIMEOUT);
		device->quiet(regs);
		CHECK_OK(irq_ack(irq));
	}
	CHECK_OK(irq_bind(irq, -1));
	device->raise(regs);
	CHECK_ERR(msg_recv(&m, MS(10)), ERR_TIMEOUT);
	device->quiet(regs);
	device_return(f);
}
