/* SPDX-License-Identifier: ISC
 * The SP804 dual timer (DDI 0271): its first counter runs freely and is time, its second fires once.  Both count down, in
 * 32 bits, and share a line.  Wraps of the first are seen if somebody looks at least once in a wrap; so the second is
 * never off but set half a wrap away when nothing is due: at 1 MHz one interrupt in 36 minutes, the only one that comes
 * without need. */
#include "arm.h"

#define LOAD      0x00
#define VALUE     0x04
#define CONTROL   0x08
#define INTCLR    0x0c
#define SECOND    0x20 /* the second counter's registers */
#define ENABLE    0x80u
#define INTERRUPT 0x20u
#define BITS_32   0x02u
#define ONE_SHOT  0x01u
#define FAR       0x80000000u /* ticks: half a wrap */

static volatile uint32_t *regs;
static uint32_t last, wraps;

void timer_init(void)
{
	regs = device_map(board.timer_pa);
	regs[(SECOND + CONTROL) / 4] = 0;
	regs[CONTROL / 4] = 0;
	regs[LOAD / 4] = UINT32_MAX;
	regs[CONTROL / 4] = ENABLE | BITS_32;
	timer_stop();
}

uint64_t timer_now(void)
{
	uint32_t low = ~regs[VALUE / 4];

	if (low < last)
		wraps++;
	last = low;
	return (uint64_t)wraps << 32 | low;
}

/* What is further away fires early, and is set again. */
void timer_set(uint64_t at)
{
	uint64_t now = timer_now();
	uint32_t delta = at <= now ? 1 : at - now > FAR ? FAR : (uint32_t)(at - now);

	regs[(SECOND + CONTROL) / 4] = 0;
	regs[(SECOND + INTCLR) / 4] = 1;
	regs[(SECOND + LOAD) / 4] = delta;
	regs[(SECOND + CONTROL) / 4] = ENABLE | INTERRUPT | BITS_32 | ONE_SHOT;
}

void timer_stop(void)
{
	timer_set(UINT64_MAX);
}

uint32_t timer_hz(void)
{
	return board.timer_hz;
}
