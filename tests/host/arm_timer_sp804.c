/* SPDX-License-Identifier: ISC
 * Claim: SP804's 32 bits make a time of 64 bits that loses no wrap though nobody looks at it but when it interrupts, and it
 * interrupts no later than it was set to.  The device is an array; whether it is programmed in a good order is not seen. */
#include "../../kern/arm/dev/timer_sp804.c"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

struct board board;

static uint32_t block[0x40 / 4];
static uint64_t now;

void *device_map(pa_t pa)
{
	(void)pa;
	return block;
}

static void pass(uint64_t ticks)
{
	now += ticks;
	block[VALUE / 4] = ~(uint32_t)now; /* counts down */
}

/* To the second counter's interrupt, and as the kernel does then. */
static void interrupt(void)
{
	uint32_t on = ENABLE | INTERRUPT | BITS_32 | ONE_SHOT;

	assert((block[(SECOND + CONTROL) / 4] & on) == on);
	pass(block[(SECOND + LOAD) / 4]);
	assert(timer_now() == now);
	timer_stop();
}

int main(void)
{
	uint64_t at, end;

	pass(0);
	timer_init();
	for (int n = 0; n < 100; n++) /* idle: dozens of wraps */
		interrupt();
	assert(now > 40ull << 32);
	srand(1);
	for (int n = 0; n < 1000; n++) {
		pass((uint64_t)rand() % 100);
		at = now + ((uint64_t)rand() << 4) % (5ull << 32);
		for (timer_set(at); now < at; timer_set(at)) {
			end = now;
			interrupt();
			assert(now > end && now <= (at > end + 1 ? at : end + 1));
		}
	}
	printf("%llu wraps\n", (unsigned long long)(now >> 32));
	return 0;
}
