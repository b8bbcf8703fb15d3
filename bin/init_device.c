/* SPDX-License-Identifier: ISC
 * Devices: which of the boot page's DEV frames is with whom.  A device is out once, whole, with its interrupt
 * line; it is free again when the frame comes back. */
#include <string.h>
#include "init.h"

static uint32_t out; /* a bit each: not here */

_Static_assert(BOOT_DEVICES <= 32, "a bit a device");

int device_get(const char *name, int pid, int *f_id, int *irq)
{
	for (int i = 0; i < boot_page->device_n; i++) {
		const struct boot_device *d = &boot_page->device[i];

		if (strncmp(d->name, name, sizeof(d->name)))
			continue;
		if (out & 1u << i)
			return ERR_BUSY;
		if (d->irq >= 0 && irq_allow(pid, d->irq) < 0)
			return ERR_PROC;
		out |= 1u << i;
		*f_id = d->f_id;
		*irq = d->irq;
		return 0;
	}
	return ERR_PROC;
}

int device_put(int f_id)
{
	for (int i = 0; i < boot_page->device_n; i++) {
		if (boot_page->device[i].f_id != f_id)
			continue;
		frame_unmap(0, f_id, 0, 0);
		out &= ~(1u << i);
		return 0;
	}
	return ERR_KIND;
}
