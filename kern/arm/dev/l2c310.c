/* SPDX-License-Identifier: ISC
 * The outer cache of the Cortex-A9 boards (L2C-310: DDI 0246).  Nothing here maintains it, so it is off: whoever left it on has lines
 * in it that memory does not have, and that the kernel would find again once its own caches are on. */
#include "arm.h"
#include "cpu.h"

#define CONTROL        0x100
#define AUXILIARY      0x104
#define SYNC           0x730
#define CLEAN_INV_WAYS 0x7fc
#define DEBUG          0xf40
#define CONTROL_ON     1u
#define AUXILIARY_16   0x10000u /* ways, not 8 */
#define DEBUG_PLAIN    3u       /* no line is filled, and what is written goes through */

/* Until it is done (3.3.10: bits go to 0, no interrupt tells); nothing else runs yet.  With erratum 727915 (r2p0 to r3p0)
 * cleaning in the background would lose what is written meanwhile: DEBUG_PLAIN. */
void l2c310_off(volatile uint32_t *regs)
{
	uint32_t ways = regs[AUXILIARY / 4] & AUXILIARY_16 ? 0xffff : 0xff;

	if (!(regs[CONTROL / 4] & CONTROL_ON))
		return;
	regs[DEBUG / 4] = DEBUG_PLAIN;
	regs[CLEAN_INV_WAYS / 4] = ways;
	while (regs[CLEAN_INV_WAYS / 4] & ways)
		continue;
	regs[SYNC / 4] = 0;
	while (regs[SYNC / 4] & 1)
		continue;
	regs[CONTROL / 4] = 0;
	cpu_sync_data();
	regs[DEBUG / 4] = 0;
}
