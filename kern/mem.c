/* SPDX-License-Identifier: ISC
 * What the compiler may call for structure copies and clears (GCC manual, "Standards": freestanding). */
#include <stddef.h>
#include <stdint.h>

void *memcpy(void *restrict to, const void *restrict from, size_t len);
void *memset(void *to, int value, size_t len);

void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
	uint8_t *t = to;
	const uint8_t *f = from;

	if (!(((uintptr_t)t | (uintptr_t)f) & 3))
		for (; len >= 4; len -= 4, t += 4, f += 4)
			*(uint32_t *)(void *)t = *(const uint32_t *)(const void *)f;
	while (len--)
		*t++ = *f++;
	return to;
}

void *memset(void *to, int value, size_t len)
{
	uint8_t *t = to;
	uint32_t word = (uint8_t)value * 0x01010101u;

	if (!((uintptr_t)t & 3))
		for (; len >= 4; len -= 4, t += 4)
			*(uint32_t *)(void *)t = word;
	while (len--)
		*t++ = (uint8_t)value;
	return to;
}
