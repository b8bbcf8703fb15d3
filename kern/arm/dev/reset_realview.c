/* SPDX-License-Identifier: ISC
 * Resets a RealView Platform Baseboard through its system registers (ARM DUI 0417 4.3, DUI 0440 4.3). */
#include "arm.h"

#define SYS_LOCK     0x20
#define SYS_RESETCTL 0x40
#define UNLOCK       0xa05fu
#define RESET        0x04u /* to the level of a power-on reset */

static volatile uint32_t *sysreg;

void reset_init(void)
{
	sysreg = device_map(board.reset_pa);
}

void reset(void)
{
	sysreg[SYS_LOCK / 4] = UNLOCK;
	sysreg[SYS_RESETCTL / 4] = 0;
	sysreg[SYS_RESETCTL / 4] = RESET;
}
