/* SPDX-License-Identifier: ISC
 * Counters of 64 bits: read as two registers while they run; and what their comparators are set to. */
#ifndef KERN_ARM_DEV_COUNTER_H
#define KERN_ARM_DEV_COUNTER_H

#include <stdint.h>

/** The counter's value at some moment between the call and the return. */
static inline uint64_t counter_read(const volatile uint32_t *low, const volatile uint32_t *high)
{
	uint32_t h, l;

	do {
		h = *high;
		l = *low;
	} while (h != *high);
	return (uint64_t)h << 32 | l;
}

#define COUNTER_FAR (1ull << 40) /* ticks: hours */

/** What to set a comparator of 64 bits to that is met from equality on, for a time of `at` ticks after the counter was at `boot`:
 * no further away than COUNTER_FAR, and never beyond the counter's end, since there "later" is less.  What is further away fires
 * early, and is set again. */
static inline uint64_t counter_compare(uint64_t now, uint64_t boot, uint64_t at)
{
	uint64_t passed = now - boot, ahead = at > passed ? at - passed : 0;

	if (ahead > COUNTER_FAR)
		ahead = COUNTER_FAR;
	return ahead > UINT64_MAX - now ? UINT64_MAX : now + ahead;
}

#endif
