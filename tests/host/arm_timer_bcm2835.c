/* SPDX-License-Identifier: ISC
 * Claim: with BCM2835's system timer, whose comparator sees 32 bits and only equality, every deadline, however far away, past, or
 * passing while it is being set, is met by an interrupt, and none is announced again and again.
 * sources: tests/host/mmio.c */
#include "../../kern/arm/dev/timer_bcm2835.c"
#include "mmio.h"
#include "timer.h"

static volatile uint64_t counter, start; /* the driver's accesses change them */
static volatile uint32_t compare, status;

void *device_map(pa_t pa)
{
	(void)pa;
	return (void *)(uintptr_t)mmio;
}

void cpu_sync_data(void)
{
}

static void device_pass(uint64_t ticks)
{
	if (compare - (uint32_t)counter - 1 < ticks)
		status |= MATCH;
	counter += ticks;
}

static uint64_t device_now(void)
{
	return counter - start;
}

static uint64_t device_wait(void)
{
	return status & MATCH ? 0 : (uint64_t)(uint32_t)(compare - (uint32_t)counter - 1) + 1;
}

static void before(unsigned offset)
{
	device_pass(cost());
	mmio[offset / 4] = offset == COUNT_LOW    ? (uint32_t)counter
			   : offset == COUNT_HIGH ? (uint32_t)(counter >> 32)
			   : offset == COMPARE    ? compare
						  : status;
}

static void after(unsigned offset)
{
	if (offset == COMPARE)
		compare = mmio[offset / 4];
	else if (offset == STATUS)
		status &= ~mmio[offset / 4];
	else
		abort();
}

int main(void)
{
	const uint64_t wraps[] = {1ull << 31, 1ull << 32, 3ull << 31, 7ull << 32, 1ull << 63, 0 /* 2^64 */, 5};

	srand(1);
	mmio_begin(before, after);
	for (unsigned run = 0; run < 7 * 3 * 40; run++) {
		access_cost = run / 7 % 3; /* a tick is a microsecond */
		counter = wraps[run % 7] - (uint64_t)rand() % 50;
		timer_init();
		start = boot_count;
		deadlines_try(100);
	}
	printf("%lu deadlines, %lu interrupts\n", deadlines, interrupts);
	return 0;
}
