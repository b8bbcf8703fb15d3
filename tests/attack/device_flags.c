/* SPDX-License-Identifier: ISC
 * Device registers: never executed, never a table, never the kernel's. */
#include "attack.h"
#include "raiser.h"

ATTACK("map a device's registers with every word of flags, make a table, a process or records of them",
	"code that a device writes, or kernel objects in its registers")
{
	const struct raiser *device;
	int irq, f_id = raiser_new(&irq, &device), l2 = l2_new(), l1 = l1_new();
	struct mapping m;

	for (int flags = 0; flags < 0x200; flags++) {
		if (frame_map((flags & F_MAP_FORM) == F_MAP_PAGE ? l2 : l1, f_id, 0, 0, 0, flags) < 0)
			continue;
		CHECK_EQ(flags & F_MAP_FORM, F_MAP_PAGE);
		CHECK_EQ(flags & F_MAP_EXEC, 0);
		CHECK_EQ(vspace_resolve(l2, 0, &m), 0);
		CHECK_EQ(m.flags & F_MAP_RIGHTS, flags & F_MAP_RIGHTS);
		CHECK(frame_protect(l2, f_id, 0, PAGE_SIZE, F_MAP_READ | F_MAP_EXEC) < 0);
		CHECK_OK(frame_unmap(l2, f_id, 0, 0));
	}
	CHECK_ERR(frame_table(f_id, FRAME_L2), ERR_KIND);
	CHECK_ERR(frame_donate(f_id), ERR_KIND);
	CHECK_ERR(proc_new(f_id), ERR_KIND);
	CHECK_ERR(thread_new(0, f_id, 0x8000, 0, 0), ERR_KIND);
	CHECK_ERR(frame_cache(f_id, 0, 0, CACHE_FLUSH), ERR_KIND);
	device_return(f_id);
}
