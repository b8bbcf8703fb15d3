/* SPDX-License-Identifier: ISC
 * Rule 6, revocation: frame_unmap with t_id 0. */
#include "attack.h"

#define PLACES 100 /* more than the kernel keeps a list of */

ATTACK("keep translations of a hundred mappings of one frame, then have all of them revoked at once",
	"a way to the frame through the one that was forgotten")
{
	volatile uint32_t *va[PLACES];
	int f_id = mem_new(PAGE_SIZE);

	for (int round = 0; round < 5; round++) {
		int places = round & 1 ? PLACES : 1 + round;

		for (int n = 0; n < places; n++) {
			va[n] = vm_map(f_id, 0, 0, RW);
			CHECK(va[n]);
			*va[n] = 1;
		}
		CHECK_OK(frame_unmap(0, f_id, 0, 0));
		for (int n = 0; n < places; n++)
			CHECK(!probe_write((volatile void *)va[n]));
		CHECK_EQ(frame_mappings(f_id), 0);
		for (int n = 0; n < places; n++)
			CHECK_OK(vm_unmap((void *)(uintptr_t)va[n], PAGE_SIZE));
	}
}
