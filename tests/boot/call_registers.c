/* SPDX-License-Identifier: ISC
 * The binary interface: a call changes r0 alone. */
#include "test.h"

TEST("a call preserves every register but its result")
{
	uint32_t in[11], out[11];

	for (uint32_t n = 0; n < 11; n++)
		in[n] = 0x11110000 + n;
	__asm__ volatile("push {r4-r11}\n"
			 "mov lr, %0\n"
			 "push {%1}\n"
			 "ldmia lr, {r1-r11}\n"
			 "mov r12, #0\n"
			 "svc #0\n"
			 "pop {lr}\n"
			 "stmia lr, {r1-r11}\n"
			 "pop {r4-r11}\n"
			 :
			 : "r"(in), "r"(out)
			 : "r0", "r1", "r2", "r3", "r12", "lr", "memory");
	for (uint32_t n = 0; n < 11; n++)
		CHECK_EQ(out[n], in[n]);
}
