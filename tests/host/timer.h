/* SPDX-License-Identifier: ISC
 * What the tests of the kernel's timer drivers share: deadlines at every distance, past, now and at each wrap, set as kern/time.c sets
 * them.  A test includes its driver and says how its device behaves. */
#ifndef TESTS_HOST_TIMER_H
#define TESTS_HOST_TIMER_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "arm.h"

struct board board;

/* The device: its time, which begins with timer_init and never wraps; ticks until its line is up, 0 if it is, UINT64_MAX
 * never; so much time passes. */
static uint64_t device_now(void);
static uint64_t device_wait(void);
static void device_pass(uint64_t ticks);

#define NEVER UINT64_MAX
#define ARMS  6  /* as often is a deadline followed that is further away than the timer goes */
#define SLOW  64 /* ticks that an access takes at most, in the worst of the runs */

static unsigned access_cost; /* ticks that each access takes at most */
static unsigned long deadlines, interrupts;

static unsigned cost(void)
{
	return access_cost ? (unsigned)rand() % (access_cost + 1) : 0;
}

/* No interrupt before it, or only so many as the timer's reach asks for, and one soon after it. */
static void deadline_try(uint64_t at, uint64_t late)
{
	uint64_t wait;
	int early = 0;

	deadlines++;
	for (int n = 0; n < ARMS; n++) {
		timer_set(at);
		wait = device_wait();
		assert(wait != NEVER);
		device_pass(wait);
		interrupts++;
		if (device_now() >= at) {
			assert(device_now() <= at + late || !n); /* at once, if it had passed */
			assert(wait <= late || device_now() <= at + late);
			assert(timer_now() >= at);
			timer_stop();
			return;
		}
		/* It is far away, or the counter wraps: nothing fires again and again for it. */
		assert(wait > UINT32_MAX / 4 || !early++);
		timer_stop();
		assert(device_wait());
		device_pass(1);
	}
}

static const uint64_t distances[] = {0, 1, 2, 3, 100, 62500, 1u << 30, (1u << 30) + 1, 0x7ffffffe, 0x7fffffff,
	0x80000000, 0x80000001, 0xfffffffe, 0xffffffff, 1ull << 32, (1ull << 32) + 1, 1ull << 40, (1ull << 40) + 1,
	1ull << 56, 1ull << 62, INT64_MAX, 1ull << 63, UINT64_MAX - 1};

/* From where the counters are now. */
static void deadlines_try(uint64_t late)
{
	uint64_t now = device_now();

	for (unsigned n = 0; n < sizeof distances / sizeof *distances; n++) {
		deadline_try(distances[n] > UINT64_MAX - now ? UINT64_MAX - 1 : now + distances[n], late);
		deadline_try(distances[n] > now ? 0 : now - distances[n], late);
		now = device_now();
	}
}

#endif
