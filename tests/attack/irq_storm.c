/* SPDX-License-Identifier: ISC
 * A line that is never served: it is masked until it is acknowledged, so it fires no faster than its driver runs. */
#include "attack.h"
#include "raiser.h"

static volatile int stop, storms, irq;

/* Acknowledges at once, without serving the device; or binds the line anew, which unmasks it too. */
static void storms_on(void *arg)
{
	struct msg m;

	(void)arg;
	thread_priority(0, 1);
	while (!stop) {
		if (msg_recv(&m, MS(1)) == 0 && m.tag == MSG_NOTIFY)
			storms++;
		if (storms & 1)
			irq_ack(irq);
		else
			irq_bind(irq, 3);
	}
}

ATTACK("leave a device's line asserted and acknowledge it again and again, from a thread of the lowest priority",
	"the whole CPU, in interrupts")
{
	const struct raiser *device;
	int line, f_id = raiser_new(&line, &device), tid, late = 0, left = 0;
	struct msg m;
	volatile uint32_t *regs = vm_map(f_id, 0, 0, RW);

	CHECK(regs);
	irq = line;
	CHECK_OK(irq_bind(irq, 3));
	CHECK_ERR(irq_bind(-1, 3), ERR_RANGE);
	CHECK_ERR(irq_bind(0x7fffffff, 3), ERR_RANGE);
	device->raise(regs);
	tid = CHECK_OK(thread_start(storms_on, NULL, 4 * PAGE_SIZE));
	for (int n = 0; n < 100; n++) {
		int64_t at = time_now() + MS(2);

		CHECK_ERR(thread_park(MS(2)), ERR_TIMEOUT);
		late += time_now() - at > MS(10);
	}
	CHECK(storms > 100);
	CHECK(late <= late_allowed(40)); /* of 100, on a busy host; all of them, if it worked */
	stop = 1;
	CHECK_OK(thread_join(tid));
	/* Bound, asserted and never acknowledged: silence. */
	while (msg_recv(&m, MS(20)) == 0)
		CHECK(++left < 2);
	device->quiet(regs);
	CHECK_OK(irq_bind(irq, -1));
	device_return(f_id);
}
