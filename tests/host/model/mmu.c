/* SPDX-License-Identifier: ISC
 * The real descriptor, TLB and identifier code, natively; but for the record window, which machine.c keeps. */
#define record_window_init arm_record_window_init
#define record_window_set  arm_record_window_set
#include "../../../kern/arm/mmu.c"

desc_t kernel_l1[4096], empty_l1[2048];

void model_mmu_start(bool coherent)
{
	coherent_walk = coherent;
	ttbr_bits = 0;
	empty_ttbr = 0xffffc000;
}

bool asid_live(unsigned id)
{
	return asid_owner[id] != NULL;
}
