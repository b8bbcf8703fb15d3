/* SPDX-License-Identifier: ISC
 * Claim: whatever a user makes up as a cpsr becomes one in user mode, interrupts on, that the manual defines, and one that a thread
 * can have come to by itself stays as it is.  Which IT blocks there can be is found out here by running all that there are. */
#include "../../kern/arm/psr.h"
#include <assert.h>
#include <stdio.h>

static bool reached[256];

/* DDI 0406C A2.5.2, ITAdvance(). */
static unsigned it_advance(unsigned it)
{
	return it & 7 ? (it & 0xe0) | (it << 1 & 0x1f) : 0;
}

static int bits(unsigned n)
{
	return n ? (int)(n & 1) + bits(n >> 1) : 0;
}

/* A8.8.54: what an IT instruction sets, of those that are not UNPREDICTABLE, and what follows. */
static void blocks_run(void)
{
	reached[0] = true;
	for (unsigned condition = 0; condition < 15; condition++)
		for (unsigned mask = 1; mask < 16; mask++) {
			if (condition == 14 && bits(mask) != 1)
				continue;
			for (unsigned it = condition << 4 | mask; it; it = it_advance(it))
				reached[it] = true;
		}
}

static uint32_t cpsr_of(unsigned it, bool thumb, bool j, uint32_t more)
{
	return (it & 0xfc) << 8 | (it & 3) << 25 | (thumb ? 0x20u : 0) | (j ? 1u << 24 : 0) | more;
}

static void try(unsigned it, bool thumb, bool j, bool thumbee)
{
	const uint32_t own = 0xf80f0200; /* N Z C V Q GE E */
	uint32_t want = cpsr_of(thumb && reached[it] ? it : 0, thumb, thumb && j && thumbee, 0x10);

	assert(psr_user(cpsr_of(it, thumb, j, 0), thumbee) == want);
	assert(psr_user(cpsr_of(it, thumb, j, own | 0x1f), thumbee) == (want | own));
	assert(psr_user(cpsr_of(it, thumb, j, 0x00f001df), thumbee) == want); /* A I F, a mode, what is reserved */
	assert(psr_user(want | own, thumbee) == (want | own));
}

int main(void)
{
	int n = 0;

	blocks_run();
	for (unsigned it = 0; it < 256; it++) {
		assert(it_defined(it) == reached[it]);
		n += reached[it];
		for (unsigned which = 0; which < 8; which++)
			try(it, which & 1, which >> 1 & 1, which >> 2 & 1);
	}
	printf("%d states of an IT block\n", n);
	return 0;
}
