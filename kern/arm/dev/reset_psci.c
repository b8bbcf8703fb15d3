/* SPDX-License-Identifier: ISC
 * Resets a machine through its firmware (PSCI, ARM DEN 0022 5.11): SYSTEM_RESET, by the call that the board found. */
#include "arm.h"

#define SYSTEM_RESET 0x84000009u

static bool by_smc;

void psci_conduit(bool smc)
{
	by_smc = smc;
}

void reset_init(void)
{
}

void reset(void)
{
	register uint32_t r0 __asm__("r0") = SYSTEM_RESET;

	if (by_smc)
		__asm__ volatile(".arch_extension sec\n\tsmc #0" : "+r"(r0) : : "r1", "r2", "r3", "memory");
	else
		__asm__ volatile(".arch_extension virt\n\thvc #0" : "+r"(r0) : : "r1", "r2", "r3", "memory");
}
