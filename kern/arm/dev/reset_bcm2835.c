/* SPDX-License-Identifier: ISC
 * Resets a Raspberry Pi: its watchdog, in the power manager, is left to run out at once.  The block is in no public
 * manual; every driver for it says the same. */
#include "arm.h"

#define PM_RSTC    0x1c
#define PM_WDOG    0x24
#define PASSWORD   0x5a000000u
#define RSTC_VALUE 0xffffffu /* the password stands above it */
#define RSTC_WRCFG 0x30u
#define RSTC_FULL  0x20u
#define TICKS      10u /* of 1/65536 s */

static volatile uint32_t *pm;

void reset_init(void)
{
	pm = device_map(board.reset_pa);
}

void reset(void)
{
	uint32_t rstc = pm[PM_RSTC / 4] & RSTC_VALUE & ~RSTC_WRCFG;

	pm[PM_WDOG / 4] = PASSWORD | TICKS;
	pm[PM_RSTC / 4] = PASSWORD | rstc | RSTC_FULL;
}
