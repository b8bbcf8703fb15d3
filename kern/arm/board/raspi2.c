/* SPDX-License-Identifier: ISC
 * Raspberry Pi 2 (BCM2836, four Cortex-A7: DDI 0464): data, and where its other cores wait. */
#include "cpu.h"
#include "arm.h"
#include "bcm283x.h"

#define PERIPHERALS 0x3f000000
#define LOCAL_PA    0x40000000
#define MAILBOX3    0x8c /* of core 0, write to set; 16 bytes a core (QA7 rev 3.4) */
#define CORES       4

/* Lines are the VideoCore's.  The interrupt controller's page, with the mailboxes, and the power manager's stay the
 * kernel's. */
static const struct device_desc devices[] = {
	BCM283X_DEVICES,
	{"systimer", PERIPHERALS + 0x003000, 0x1000, 1},
};

/* The other cores look for an address in their mailbox, over and over; here they get one where they sleep. */
static void early(void)
{
	volatile uint32_t *local = device_map(LOCAL_PA);

	for (unsigned core = 1; core < CORES; core++)
		local[(MAILBOX3 + 16 * core) / 4] = va_phys(cpu_park);
	cpu_event();
}

struct board board = {
	.name = "raspi2",
	.ram_pa = 0,
	.ram_default = 64 << 20, /* the VideoCore leaves more than that whatever it is told */
	.told = fdt_ram,
	.irqc = &bcm2836_irqc,
	.irqc_pa = {PERIPHERALS + 0xb200, LOCAL_PA},
	.timer_hz = 19200000, /* the crystal: QA7 rev 3.4 */
	.timer_line = 75,     /* the virtual timer's, nCNTVIRQ: DDI 0464 A.5 */
	.uart = PERIPHERALS + 0x201000,
	.reset_pa = PERIPHERALS + 0x100000,
	.devices = devices,
	.devices_n = sizeof devices / sizeof *devices,
	.early = early,
};
