/* SPDX-License-Identifier: ISC
 * A device's 64-bit counter that is read as two registers while it runs. */
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

#endif
