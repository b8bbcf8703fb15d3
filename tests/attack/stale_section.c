/* SPDX-License-Identifier: ISC
 * Rule 6 for sections: an address anywhere in one is gone with it. */
#include "attack.h"

#define PLACES 16

static volatile char *base;

static void sections_touch(void)
{
	for (int n = 0; n < PLACES; n++)
		base[n * (SECTION_SIZE / PLACES)] = 1;
}

ATTACK("touch a section at many addresses, lose it or its rights, touch it again at each of them",
	"parts of a section, where a TLB holds several translations of one descriptor")
{
	int root = CHECK_OK(vspace_root(0)), f_id = mem_new(SECTION_SIZE);
	uintptr_t at;

	base = vm_reserve(SECTION_SIZE, L2_SPAN);
	CHECK(base);
	at = (uintptr_t)base;
	for (int round = 0; round < 10; round++) {
		CHECK_OK(frame_map(root, f_id, at, 0, 0, SECT_RW));
		sections_touch();
		CHECK_OK(frame_protect(root, f_id, at, SECTION_SIZE, F_MAP_READ));
		for (int n = 0; n < PLACES; n++)
			CHECK(!probe_write(base + n * (SECTION_SIZE / PLACES)));
		CHECK_OK(frame_protect(root, f_id, at, SECTION_SIZE, RW));
		sections_touch();
		CHECK_OK(frame_unmap(root, round & 1 ? f_id : 0, at, SECTION_SIZE));
		for (int n = 0; n < PLACES; n++)
			CHECK(!probe_read(base + n * (SECTION_SIZE / PLACES)));
	}
}
