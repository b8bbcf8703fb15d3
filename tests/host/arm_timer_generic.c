/* SPDX-License-Identifier: ISC
 * Claim: with the generic timer every deadline, however far away or past, is met by an interrupt, and none is announced again and
 * again, wherever the virtual counter stood at boot; its rate is CNTFRQ, or what the board says where that is 0.  The timer's registers
 * are variables; the comparator is tried as one of numbers without sign, and as one of differences. */
#define KERN_ARM_DEV_CNTV_H /* instead of cntv.h */
#include <stdint.h>

static uint32_t cntfrq(void);
static void cntkctl(uint32_t v);
static uint64_t cntvct(void);
static void cntv_cval(uint64_t v);
static void cntv_ctl(uint32_t v);

#include "../../kern/arm/dev/timer_generic.c"
#include "timer.h"

static uint64_t counter, compare, start;
static uint32_t control, user = ~0u, rate;
static bool differences;

static uint32_t cntfrq(void)
{
	return rate;
}

static void cntkctl(uint32_t v)
{
	user = v;
}

static uint64_t cntvct(void)
{
	counter += cost();
	return counter;
}

static void cntv_cval(uint64_t v)
{
	counter += cost();
	compare = v;
}

static void cntv_ctl(uint32_t v)
{
	counter += cost();
	control = v;
}

void panic(const char *what, uint32_t a, uint32_t b)
{
	(void)a, (void)b;
	fprintf(stderr, "%s\n", what);
	abort();
}

static void device_pass(uint64_t ticks)
{
	counter += ticks;
}

static uint64_t device_now(void)
{
	return counter - start;
}

static uint64_t device_wait(void)
{
	if (!control)
		return NEVER;
	if (differences ? (int64_t)(counter - compare) >= 0 : counter >= compare)
		return 0;
	return compare - counter;
}

static void rates_try(void)
{
	board.timer_hz = 24000000;
	rate = 62500000;
	timer_init();
	assert(timer_hz() == 62500000);
	rate = 0;
	timer_init();
	assert(timer_hz() == 24000000);
	assert(user == 0);
}

int main(void)
{
	const uint64_t wraps[] = {1ull << 31, 1ull << 32, 1ull << 56, 1ull << 63, 0 /* 2^64 */, 5};

	rates_try();
	srand(1);
	for (unsigned run = 0; run < 6 * 2 * 3 * 100; run++) {
		access_cost = run / 12 % 3 * SLOW / 2;
		differences = run / 6 % 2;
		counter = wraps[run % 6] - (uint64_t)rand() % 200;
		timer_init();
		start = boot_count;
		deadlines_try(10 * SLOW);
	}
	printf("%lu deadlines, %lu interrupts\n", deadlines, interrupts);
	return 0;
}
