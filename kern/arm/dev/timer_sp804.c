/* SPDX-License-Identifier: ISC
 * The SP804 dual timer (DDI 0271): its first counter runs freely and is time, its second fires once.  Both count down, in
 * 32 bits, and share a line.  The first interrupts when it wraps, so that time is looked at often enough to count the
 * wraps: at 1 MHz one interrupt in 71 minutes, the only one that comes without need. */
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

static volatile uint32_t *regs;
static uint32_t last, wraps;

void timer_init(void)
{
	regs = device_map(board.timer_pa);
	regs[(SECOND + CONTROL) / 4] = 0;
	regs[CONTROL / 4] = 0;
	regs[LOAD / 4] = UINT32_MAX;
	regs[CONTROL / 4] = ENABLE | INTERRUPT | BITS_32;
}

uint64_t timer_now(void)
{
	uint32_t low = ~regs[VALUE / 4];

	if (low < last)
		wraps++;
	last = low;
	return (uint64_t)wraps << 32 | low;
}

void timer_stop(void)
{
	timer_now(); /* a wrap that is cleared here has been seen */
	regs[(SECOND + CONTROL) / 4] = 0;
	regs[(SECOND + INTCLR) / 4] = 1;
	regs[INTCLR / 4] = 1;
}

/* What is further away than the counter reaches fires early, and is set again. */
void timer_set(uint64_t at)
{
	uint64_t now = timer_now();
	uint32_t delta = at <= now ? 1 : at - now > UINT32_MAX ? UINT32_MAX : (uint32_t)(at - now);

	regs[(SECOND + CONTROL) / 4] = 0;
	regs[(SECOND + INTCLR) / 4] = 1;
	regs[(SECOND + LOAD) / 4] = delta;
	regs[(SECOND + CONTROL) / 4] = ENABLE | INTERRUPT | BITS_32 | ONE_SHOT;
}

uint32_t timer_hz(void)
{
	return board.timer_hz;
}
