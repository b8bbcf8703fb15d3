/* SPDX-License-Identifier: ISC
 * Devices: which of the boot page's DEV frames is with whom.  A device is out once, whole, with its interrupt line.  It may come
 * back in parts, from whoever has them then: when all are here, joined, it is free again, and the line is taken back from whoever
 * has that.  What its registers hold is as the last driver left it. */
#include <string.h>
#include "init.h"

static int holder[BOOT_DEVICES]; /* pid of who was given it, 0: nobody */

int device_get(const char *name, struct proc_entry *p, int *f_id, int *irq)
{
	for (int i = 0; i < boot_page->device_n; i++) {
		const struct boot_device *d = &boot_page->device[i];
		int r;

		if (strncmp(d->name, name, sizeof(d->name)))
			continue;
		if (holder[i])
			return ERR_BUSY;
		r = proc_count_device(p, 1);
		if (r < 0)
			return r;
		*f_id = mem_take_device(d);
		if (*f_id > 0 && d->irq >= 0 && irq_allow(proc_pid(p), d->irq) < 0) {
			mem_put_device(*f_id, d);
			*f_id = ERR_PROC;
		}
		if (*f_id < 0) {
			proc_count_device(p, -1);
			return *f_id;
		}
		holder[i] = proc_pid(p);
		*irq = d->irq;
		return 0;
	}
	return ERR_PROC;
}

int device_put(int f_id)
{
	struct frame f;
	int r = frame_info(f_id, &f);

	for (int i = 0; r >= 0 && i < boot_page->device_n; i++) {
		const struct boot_device *d = &boot_page->device[i];

		if (f.pa < d->pa || f.pa - d->pa >= d->len)
			continue;
		r = mem_put_device(f_id, d);
		if (r <= 0)
			return r;
		if (d->irq >= 0)
			irq_allow(0, d->irq);
		proc_device_back(holder[i]);
		holder[i] = 0;
		return 0;
	}
	return r < 0 ? r : ERR_KIND;
}
