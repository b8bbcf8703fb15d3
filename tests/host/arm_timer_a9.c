/* SPDX-License-Identifier: ISC
 * Claim: with Cortex-A9's global timer every deadline, however far away, past, or passing while it is being set, is met by an interrupt, and
 * none is announced again and again; also before r2p0, where only equality fires, and where the counter wraps.
 * sources: tests/host/mmio.c */
#include "../../kern/arm/dev/timer_a9.c"
#include "mmio.h"
#include "timer.h"

static volatile uint64_t counter, compare, start; /* the driver's accesses change them */
static volatile uint32_t control, status;
static volatile bool equality; /* as before r2p0 */

void *device_map(pa_t pa)
{
	(void)pa;
	return (void *)(uintptr_t)mmio;
}

static void device_pass(uint64_t ticks)
{
	uint64_t from = counter;

	counter += ticks;
	if ((control & 7) == 7 && (compare - from <= ticks || (!equality && counter >= compare)))
		status = 1;
}

static uint64_t device_now(void)
{
	return counter - start;
}

static uint64_t device_wait(void)
{
	if (status)
		return 0;
	return (control & 7) == 7 ? compare - counter : NEVER;
}

static void before(unsigned offset)
{
	device_pass(cost());
	mmio[offset / 4] = offset == COUNT_LOW      ? (uint32_t)counter
			   : offset == COUNT_HIGH   ? (uint32_t)(counter >> 32)
			   : offset == COMPARE_LOW  ? (uint32_t)compare
			   : offset == COMPARE_HIGH ? (uint32_t)(compare >> 32)
			   : offset == CONTROL      ? control
						    : status;
}

static void after(unsigned offset)
{
	uint64_t v = mmio[offset / 4];

	if (offset == COMPARE_LOW)
		compare = (compare & ~0xffffffffull) | v;
	else if (offset == COMPARE_HIGH)
		compare = (compare & 0xffffffff) | v << 32;
	else if (offset == CONTROL)
		control = (uint32_t)v;
	else if (offset == STATUS)
		status &= ~(uint32_t)v;
	else
		abort(); /* the counter is shared: nobody sets it */
	device_pass(0);
}

int main(void)
{
	const uint64_t wraps[] = {1ull << 31, 1ull << 32, 1ull << 63, 0 /* 2^64 */, 5};

	srand(1);
	mmio_begin(before, after);
	for (unsigned run = 0; run < 5 * 2 * 3 * 40; run++) {
		access_cost = run / 10 % 3 * SLOW / 2;
		equality = run / 5 % 2;
		counter = wraps[run % 5] - (uint64_t)rand() % 200;
		control = status = 0;
		timer_init();
		start = boot_count;
		deadlines_try(100 * SLOW);
	}
	printf("%lu deadlines, %lu interrupts\n", deadlines, interrupts);
	return 0;
}
