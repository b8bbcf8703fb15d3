/* SPDX-License-Identifier: ISC
 * The snoop control unit of Cortex-A9 (DDI 0407 2.2), which keeps the first-level caches coherent.  It is off after reset. */
#include "arm.h"

#define CONTROL    0x00
#define CONTROL_ON 1u

/* It is the first of the A9's own devices, which CBAR tells (DDI 0388 4.3.24). */
void scu_enable(void)
{
	volatile uint32_t *scu;
	pa_t pa;

	__asm__("mrc p15, 4, %0, c15, c0, 0" : "=r"(pa));
	scu = device_map(pa);
	scu[CONTROL / 4] |= CONTROL_ON;
}
