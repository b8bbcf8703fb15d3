/* SPDX-License-Identifier: ISC
 * Claim: SP804's 32 bits make a time of 64 bits that loses no wrap though nobody looks at it but when it interrupts; every deadline,
 * however far away or past, is met by an interrupt, and none is announced again and again.
 * sources: tests/host/mmio.c */
#include "../../kern/arm/dev/timer_sp804.c"
#include "mmio.h"
#include "timer.h"

static volatile uint64_t now;
static volatile uint64_t left;                /* of the second counter */
static volatile uint32_t control[2], load[2]; /* the driver's accesses change them */
static volatile bool up;

void *device_map(pa_t pa)
{
	(void)pa;
	return (void *)(uintptr_t)mmio;
}

static bool counts(void)
{
	const uint32_t on = ENABLE | INTERRUPT | BITS_32 | ONE_SHOT;

	return (control[1] & on) == on && left;
}

static void device_pass(uint64_t ticks)
{
	now += control[0] & ENABLE ? ticks : 0;
	if (!counts())
		return;
	up |= ticks >= left;
	left -= ticks < left ? ticks : left;
}

static uint64_t device_now(void)
{
	return now;
}

static uint64_t device_wait(void)
{
	if (up)
		return 0;
	return counts() ? left : NEVER;
}

static void before(unsigned offset)
{
	device_pass(cost());
	mmio[offset / 4] = offset == VALUE ? load[0] - (uint32_t)now : control[offset / SECOND];
}

static void after(unsigned offset)
{
	unsigned which = offset / SECOND;
	uint32_t v = mmio[offset / 4];

	if (offset % SECOND == LOAD) {
		load[which] = v;
		if (which)
			left = v;
	} else if (offset % SECOND == CONTROL) {
		control[which] = v;
	} else if (offset == SECOND + INTCLR) {
		up = false;
	} else {
		abort();
	}
}

/* Nobody looks at time but when it interrupts, for dozens of wraps. */
static void idle_try(void)
{
	uint64_t from = now;

	for (int n = 0; n < 100; n++) {
		device_pass(device_wait());
		assert(up && timer_now() >= now - SLOW);
		timer_stop();
	}
	assert(now - from > 40ull << 32);
}

int main(void)
{
	srand(1);
	mmio_begin(before, after);
	timer_init();
	for (unsigned run = 0; run < 100; run++) {
		access_cost = run % 3; /* a tick is a microsecond */
		idle_try();
		deadlines_try(100);
	}
	printf("%lu deadlines, %lu interrupts, %llu wraps\n", deadlines, interrupts, (unsigned long long)(now >> 32));
	return 0;
}
