/* SPDX-License-Identifier: ISC
 * A line that stays asserted. */
#include "raiser.h"

TEST("a device that still asks after the acknowledgement notifies again; one that was never served hangs nobody")
{
	const struct raiser *device;
	int irq, f = raiser_new(&irq, &device);
	volatile uint32_t *regs = vm_map(f, 0, 0, RW);
	struct msg m;

	CHECK(regs);
	CHECK_OK(irq_bind(irq, 0));
	device->raise(regs);
	for (int n = 0; n < 10; n++) {
		CHECK_OK(msg_recv(&m, PATIENT));
		CHECK_EQ(m.word[0], 1);
		CHECK_OK(irq_ack(irq));
	}
	device->quiet(regs);
	CHECK_OK(irq_bind(irq, -1));
	device_return(f);
}
