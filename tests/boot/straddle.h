/* SPDX-License-Identifier: ISC
 * Accesses that lie in two pages, each one instruction.  They touch nothing but what they are given, so that children can make
 * them, too. */
#ifndef TESTS_BOOT_STRADDLE_H
#define TESTS_BOOT_STRADDLE_H

#include "test.h"

#define STRADDLE_MOST 32 /* bytes of one access */

struct straddle {
	const char *what;
	int before, len; /* begins so many bytes before the second page */
	bool writes;
	void (*access)(void *at, void *data); /* what is read there, or written */
};

/* One function an instruction: %0 is the address, %1 the data. */
#define STRADDLE(name, insns, ...)                                                                                     \
	static void name(void *at, void *data)                                                                         \
	{                                                                                                              \
		__asm__ volatile(insns : : "r"(at), "r"(data) : "memory", __VA_ARGS__);                                \
	}

STRADDLE(straddle_ldr, "ldr r2, [%0]\n\tstr r2, [%1]", "r2")
STRADDLE(straddle_ldr_back, "mov r3, %0\n\tldr r2, [r3], #4\n\tstr r2, [%1]", "r2", "r3")
STRADDLE(straddle_ldrh, "ldrh r2, [%0]\n\tstrh r2, [%1]", "r2")
STRADDLE(straddle_ldrd, "ldrd r2, r3, [%0]\n\tstrd r2, r3, [%1]", "r2", "r3")
STRADDLE(straddle_ldm, "ldm %0, {r2-r5}\n\tstm %1, {r2-r5}", "r2", "r3", "r4", "r5")
STRADDLE(straddle_ldm_base, "mov r4, %0\n\tldm r4, {r2-r5}\n\tstm %1, {r2-r5}", "r2", "r3", "r4", "r5")
STRADDLE(straddle_ldm_back, "mov r6, %0\n\tldm r6!, {r2-r5}\n\tstm %1, {r2-r5}", "r2", "r3", "r4", "r5", "r6")
STRADDLE(straddle_vldm, "vldm %0, {d0-d3}\n\tvstm %1, {d0-d3}", "d0", "d1", "d2", "d3")
STRADDLE(straddle_str, "ldr r2, [%1]\n\tstr r2, [%0]", "r2")
STRADDLE(straddle_strh, "ldrh r2, [%1]\n\tstrh r2, [%0]", "r2")
STRADDLE(straddle_strd, "ldrd r2, r3, [%1]\n\tstrd r2, r3, [%0]", "r2", "r3")
STRADDLE(straddle_stm, "ldm %1, {r2-r5}\n\tstm %0, {r2-r5}", "r2", "r3", "r4", "r5")
STRADDLE(straddle_stm_back, "ldm %1, {r2-r5}\n\tadd r6, %0, #16\n\tstmdb r6!, {r2-r5}", "r2", "r3", "r4", "r5", "r6")
STRADDLE(straddle_vstm, "vldm %1, {d0-d3}\n\tvstm %0, {d0-d3}", "d0", "d1", "d2", "d3")

static const struct straddle straddles[] = {
	{"LDR", 2, 4, false, straddle_ldr},
	{"LDR with writeback", 1, 4, false, straddle_ldr_back},
	{"LDRH", 1, 2, false, straddle_ldrh},
	{"LDRD", 4, 8, false, straddle_ldrd},
	{"LDM", 8, 16, false, straddle_ldm},
	{"LDM of its base", 12, 16, false, straddle_ldm_base},
	{"LDM with writeback", 4, 16, false, straddle_ldm_back},
	{"VLDM", 12, 32, false, straddle_vldm},
	{"STR", 3, 4, true, straddle_str},
	{"STRH", 1, 2, true, straddle_strh},
	{"STRD", 4, 8, true, straddle_strd},
	{"STM", 8, 16, true, straddle_stm},
	{"STMDB with writeback", 12, 16, true, straddle_stm_back},
	{"VSTM", 28, 32, true, straddle_vstm},
};
#define STRADDLES (sizeof straddles / sizeof *straddles)

/* Code around the second page's begin, in Thumb state: a BL in both pages, 32 bits from ARMv7 on, and two instructions before. */
static const uint16_t straddle_code[] = {
	0xb500, /* push {lr} */
	0xf000, /* bl, to the fourth halfword of the second page … */
	0xf801, /* … which begins here */
	0xbd00, /* pop {pc} */
	0x2034, /* movs r0, #0x34 */
	0x4770, /* bx lr */
};
#define STRADDLE_CODE_BEFORE 4
#define STRADDLE_CODE_VALUE  0x34
#define STRADDLE_BKPT        0xbe00

static inline int straddle_call(uintptr_t second)
{
	return ((int (*)(void))(second - STRADDLE_CODE_BEFORE + 1))();
}

/* Puts the code into two frames. */
static inline void straddle_code_put(int first_f, int second_f)
{
	uint16_t *first = vm_map(first_f, 0, 0, RW), *second = vm_map(second_f, 0, 0, RW);

	CHECK(first && second);
	for (size_t n = 0; n < sizeof straddle_code / 2; n++)
		if (n < STRADDLE_CODE_BEFORE / 2)
			first[(PAGE_SIZE - STRADDLE_CODE_BEFORE) / 2 + n] = straddle_code[n];
		else
			second[n - STRADDLE_CODE_BEFORE / 2] = straddle_code[n];
	CHECK_OK(vm_unmap(first, PAGE_SIZE));
	CHECK_OK(vm_unmap(second, PAGE_SIZE));
	CHECK_OK(frame_cache(first_f, 0, 0, CACHE_UNIFY));
	CHECK_OK(frame_cache(second_f, 0, 0, CACHE_UNIFY));
}

#endif
