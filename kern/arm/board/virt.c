/* SPDX-License-Identifier: ISC
 * QEMU's virt machine with a Cortex-A15: data that its device tree fills in. */
#include "arm.h"

/* The generic timer's node lists its interrupts: secure, non-secure, virtual, Hyp mode's. */
#define TIMER_VIRTUAL 2

static struct device_desc devices[] = {{.name = "pl011"}, {.name = "rtc"}, {.name = "gpio0"}};
static const char *const compatible[] = {"arm,pl011", "arm,pl031", "arm,pl061"};

static uint32_t told(const void *fdt)
{
	struct device_desc gic_part = {0};
	uint32_t ram;

	if (!fdt_valid(fdt) || !fdt_memory(fdt, &board.ram_pa, &ram))
		return 0;
	for (int n = 0; n < 2; n++) {
		if (!fdt_device(fdt, "arm,cortex-a15-gic", n, &gic_part))
			return 0;
		board.irqc_pa[n] = gic_part.pa;
	}
	for (int n = 0; n < board.devices_n; n++)
		if (!fdt_device(fdt, compatible[n], 0, &devices[n]))
			return 0;
	board.uart = devices[0].pa;
	board.timer_line = fdt_line(fdt, "arm,armv7-timer", TIMER_VIRTUAL);
	board.timer_hz = fdt_rate(fdt, "arm,armv7-timer");
	psci_conduit(fdt_psci_smc(fdt));
	return board.timer_line < 0 ? 0 : ram;
}

struct board board = {
	.name = "virt",
	.ram_pa = 0x40000000,
	.ram_default = 64 << 20,
	.told = told,
	.irqc = &gic,
	.devices = devices,
	.devices_n = sizeof devices / sizeof *devices,
};
