/* SPDX-License-Identifier: ISC
 * The numbers of the calls, from call.def: CALL_frame_map and so on, and CALL_LIMIT, one past the last.
 *
 * The binary interface: SVC #0 with the number in r12.  Argument words in r0-r5 as AAPCS lays them out
 * (what AAPCS puts on the stack goes to r4 and r5).  The result is in r0 (a 64-bit one in r0:r1); all
 * other registers are preserved.  Messages: to r0, tag r1, frame r2, words r3-r8, timeout r10:r11; back
 * come the result r0, tag r1, frame r2, words r3-r8, sender r9. */
#ifndef MULLION_CALL_H
#define MULLION_CALL_H

#ifndef __ASSEMBLER__
enum call {
#define X(name, number, stub, book, text) CALL_##name = (number),
#include "call.def"
#undef X
	CALL_LIMIT
};

/** Does nothing and returns 0: the price of the way into the kernel and out. */
int call_null(void);
#endif

#endif
