/* SPDX-License-Identifier: ISC
 * The machine's end, and the worker's way to the console.  The console is asked as any client asks it, but with
 * a limit of time: the machine must end even when the driver does not answer. */
#include <stdio.h>
#include <string.h>
#include "init.h"

#define PATIENCE 2000000000LL /* ns */

/** How a board resets: the device that does it, which of its registers, and what is written there. */
static const struct reset {
	const char *device;
	size_t reg;
	uint32_t value;
} resets[] = {
	{"sysreg", 0xa4, 0xc0900000}, /* ARM DUI 0447: SYS_CFGCTRL, start, write, function 9: reboot */
};

static int buffer; /* the worker's frame; away while the console has it */

static int buffer_get(void)
{
	struct frame f;

	if (!buffer || frame_info(buffer, &f) < 0)
		buffer = mem_get(PAGE_SIZE, 0, 0, 0);
	return buffer;
}

void console_write(const char *text)
{
	size_t len = strlen(text);
	struct msg m = {.tag = IO_WRITE, .frame = buffer_get(), .word = {1, len}};
	char *va = m.frame > 0 && len <= PAGE_SIZE ? window_open(WINDOW_REPORT, m.frame, PAGE_SIZE) : NULL;

	if (!va)
		return;
	memcpy(va, text, len);
	if (!boot_console() || msg_call(boot_console(), &m, PATIENCE) < 0)
		window_close(WINDOW_REPORT, PAGE_SIZE);
	else
		buffer = m.frame;
}

void machine_reset(void)
{
	for (size_t i = 0; i < sizeof(resets) / sizeof(*resets); i++) {
		for (int n = 0; n < boot_page->device_n; n++) {
			const struct boot_device *d = &boot_page->device[n];
			volatile char *regs;

			if (strcmp(d->name, resets[i].device))
				continue;
			regs = vm_map(d->f_id, 0, PAGE_SIZE, F_MAP_READ | F_MAP_WRITE);
			if (regs)
				*(volatile uint32_t *)(regs + resets[i].reg) = resets[i].value;
		}
	}
	for (;;)
		thread_park(-1);
}

void power_off(int status)
{
	struct msg drain = {.tag = CON_DRAIN};
	char line[64];

	snprintf(line, sizeof(line), "mullion: power off, status %d\n", status);
	console_write(line);
	if (boot_console())
		msg_call(boot_console(), &drain, PATIENCE);
	machine_reset();
}
