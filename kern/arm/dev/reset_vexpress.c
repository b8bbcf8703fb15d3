/* SPDX-License-Identifier: ISC
 * Resets a Versatile Express through its system registers (ARM DUI 0447 4.5). */
#include "arm.h"

#define SYS_CFGDATA 0xa0
#define SYS_CFGCTRL 0xa4
#define CFG_REBOOT  0xc0900000u /* start, write, function 9 */

static volatile uint32_t *sysreg;

void reset_init(void)
{
	sysreg = device_map(board.reset_pa);
}

void reset(void)
{
	sysreg[SYS_CFGDATA / 4] = 0;
	sysreg[SYS_CFGCTRL / 4] = CFG_REBOOT;
}
