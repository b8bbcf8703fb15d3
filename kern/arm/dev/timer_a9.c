/* SPDX-License-Identifier: ISC
 * The global timer of Cortex-A9 (DDI 0407 4.4): a 64-bit counter and one comparator a CPU.  Its interrupt stays until the
 * comparator is off and the event cleared.  Before r2p0 only equality fires, so a time that came while it was being set is
 * set again, a little later. */
#include "arm.h"
#include "counter.h"

#define COUNT_LOW    0x00
#define COUNT_HIGH   0x04
#define CONTROL      0x08
#define STATUS       0x0c
#define COMPARE_LOW  0x10
#define COMPARE_HIGH 0x14
#define CONTROL_ON   1u
#define CONTROL_FIRE 6u /* comparator and interrupt */
#define FIRST_TRY    64 /* ticks, longer than setting it takes */

static volatile uint32_t *regs;
static uint64_t boot_count;

static uint64_t count(void)
{
	return counter_read(&regs[COUNT_LOW / 4], &regs[COUNT_HIGH / 4]);
}

void timer_init(void)
{
	regs = device_map(board.timer_pa);
	regs[CONTROL / 4] = CONTROL_ON;
	boot_count = count();
}

uint64_t timer_now(void)
{
	return count() - boot_count;
}

void timer_stop(void)
{
	regs[CONTROL / 4] = CONTROL_ON;
	regs[STATUS / 4] = 1;
}

void timer_set(uint64_t at)
{
	at = counter_compare(count(), boot_count, at);
	for (uint32_t more = FIRST_TRY;; more *= 2) {
		timer_stop();
		regs[COMPARE_LOW / 4] = (uint32_t)at;
		regs[COMPARE_HIGH / 4] = (uint32_t)(at >> 32);
		regs[CONTROL / 4] = CONTROL_ON | CONTROL_FIRE;
		if ((int64_t)(at - count()) > 0 || regs[STATUS / 4])
			return;
		at = counter_compare(count(), boot_count, timer_now() + more);
	}
}

uint32_t timer_hz(void)
{
	return board.timer_hz;
}
