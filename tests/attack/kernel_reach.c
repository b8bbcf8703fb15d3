/* SPDX-License-Identifier: ISC
 * User code's own accesses to the kernel's half: each is a fault, wherever the kernel has something. */
#include "attack.h"

ATTACK("read, write and jump to addresses all over the kernel's half, and across its edge",
	"the kernel's code, its books, all of memory through its linear map")
{
	static const uintptr_t around[] = {0x80000000, 0x80010000, 0x80100000, 0xa0000000, 0xdffffffc, 0xe0000000,
		0xe0000040, 0xe7fffffc, 0xe8000000, 0xf0000000, 0xf0100000, 0xf8000000, 0xffff0000, 0xfffffffc};
	volatile uint32_t *top = (volatile uint32_t *)(USER_END - 4);

	for (unsigned n = 0; n < sizeof around / sizeof *around; n++) {
		CHECK(!probe_read((void *)around[n]));
		CHECK_EQ(probe_fault.address, around[n]);
		CHECK(probe_fault.kind & FAULT_RIGHT);
		CHECK(!probe_write((void *)around[n]));
		CHECK(!probe_exec((void *)around[n]));
	}
	for (uintptr_t va = USER_END; va >= USER_END; va += 0x00ffffc0)
		CHECK(!probe_read((void *)va));
	CHECK(!probe_exec(top));
}
