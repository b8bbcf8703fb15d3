/* SPDX-License-Identifier: ISC
 * The system timer of BCM2835 ("BCM2835 ARM Peripherals" ch. 12): a 64-bit counter at 1 MHz, and comparators that fire when
 * its lower half becomes equal.  The kernel's is the fourth; the VideoCore has the first and the third.  Accesses to different devices of this
 * chip may overtake each other: barriers stand around those to one (1.3). */
#include "arm.h"
#include "counter.h"
#include "cpu.h"

#define STATUS     0x00
#define COUNT_LOW  0x04
#define COUNT_HIGH 0x08
#define COMPARE    0x18
#define MATCH      0x08u
#define FAR        0x7fffffffu /* ticks: from here on "before" and "after" are told apart */

static volatile uint32_t *regs;
static uint64_t boot_count;

static uint64_t count(void)
{
	uint64_t v;

	cpu_sync_data();
	v = counter_read(&regs[COUNT_LOW / 4], &regs[COUNT_HIGH / 4]);
	cpu_sync_data();
	return v;
}

/* A comparator cannot be switched off: it is set as far away as it goes, and what fires then finds nothing due. */
void timer_stop(void)
{
	cpu_sync_data();
	regs[COMPARE / 4] = regs[COUNT_LOW / 4] - 1;
	regs[STATUS / 4] = MATCH;
	cpu_sync_data();
}

void timer_init(void)
{
	regs = device_map(board.timer_pa);
	boot_count = count();
	timer_stop();
}

uint64_t timer_now(void)
{
	return count() - boot_count;
}

/* Only equality fires, so a time that came while it was being set is set again, a little later. */
void timer_set(uint64_t at)
{
	uint64_t now = timer_now();
	uint32_t delta = at <= now ? 1 : at - now > FAR ? FAR : (uint32_t)(at - now), target;

	regs[STATUS / 4] = MATCH;
	for (uint32_t more = 0;; more += 2) {
		target = regs[COUNT_LOW / 4] + (more ? more : delta);
		regs[COMPARE / 4] = target;
		if ((int32_t)(target - regs[COUNT_LOW / 4]) > 0 || regs[STATUS / 4] & MATCH)
			break;
	}
	cpu_sync_data();
}

uint32_t timer_hz(void)
{
	return board.timer_hz;
}
