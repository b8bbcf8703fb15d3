/* SPDX-License-Identifier: ISC
 * Claim: the kernel's memcpy and memset write just what they are asked for, for every length and alignment up to some words,
 * and touch nothing beside it.  Under other names, since the C library has these.  Cannot show: calls that the compiler makes. */
#define memcpy kern_memcpy
#define memset kern_memset
#include "../../kern/mem.c"
#undef memcpy
#undef memset
#include <assert.h>
#include <stdio.h>

#define LONGEST 20
#define ALL     (LONGEST + 12) /* with four bytes before, and eight after */

static uint8_t from[ALL] __attribute__((aligned(4))), to[ALL] __attribute__((aligned(4)));

static void fill(void)
{
	for (unsigned i = 0; i < ALL; i++) {
		from[i] = (uint8_t)(i + 1);
		to[i] = (uint8_t)(0x80 + i);
	}
}

/* Bytes [at, at + len) of `to` are `want`'s, or `value`, and all others as they were. */
static void same(unsigned at, unsigned len, const uint8_t *want, uint8_t value)
{
	for (unsigned i = 0; i < ALL; i++)
		assert(to[i] == (i < at || i >= at + len ? (uint8_t)(0x80 + i) : want ? want[i - at] : value));
}

int main(void)
{
	for (unsigned n = 0; n < (LONGEST + 1) * 16; n++) {
		unsigned len = n / 16, a = 4 + n % 4, b = 4 + n / 4 % 4;

		fill();
		assert(kern_memcpy(to + a, from + b, len) == to + a);
		same(a, len, from + b, 0);
		fill();
		assert(kern_memset(to + a, 0x100 + 7 + (int)b, len) == to + a);
		same(a, len, NULL, (uint8_t)(7 + b));
	}
	printf("memory of every length and alignment\n");
	return 0;
}
