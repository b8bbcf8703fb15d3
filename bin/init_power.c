/* SPDX-License-Identifier: ISC
 * The machine's end, and the worker's way to the console.  The console is asked as any client asks it, but with
 * a limit of time: the machine must end even when the driver does not answer. */
#include <stdio.h>
#include <string.h>
#include "init.h"

#define PATIENCE 2000000000LL /* ns */

static volatile int buffer;  /* the worker's frame; away while the console has it */
static volatile int writing; /* it is under way */

int power_buffer(void)
{
	return writing ? -1 : buffer;
}

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
	struct msg m = {.tag = IO_WRITE, .word = {1, len}};
	char *va;

	writing = 1;
	m.frame = buffer_get();
	va = m.frame > 0 && len <= PAGE_SIZE ? window_open(WINDOW_REPORT, m.frame, PAGE_SIZE) : NULL;
	if (va) {
		memcpy(va, text, len);
		if (!boot_console() || msg_call(boot_console(), &m, PATIENCE) < 0)
			window_close(WINDOW_REPORT, PAGE_SIZE);
		else
			buffer = m.frame;
	}
	writing = 0;
}

void machine_reset(void)
{
	proc_exit(0); /* the kernel resets the board when its first process ends */
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
