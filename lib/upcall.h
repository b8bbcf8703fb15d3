/* SPDX-License-Identifier: ISC
 * A thread's handler of its own faults, written in C: thread_upcall's entry for it. */
#ifndef MULLION_UPCALL_H
#define MULLION_UPCALL_H

#include "proc.h"

/** Lets `serve` handle the fault that `area` tells of, and resumes what was interrupted, with all its registers.  The
 * kernel keeps those of the core in `area`; here the VFP's that a function may spoil are kept, on the stack.  `serve` calculates
 * as a program does at first, whatever the interrupted FPSCR says of rounding and vectors.
 * For the entry that UPCALL_ENTRY defines; does not return. */
void upcall_run(struct upcall *area, void (*serve)(struct upcall *area));

/** Defines `name`, an entry for thread_upcall that handles faults with `serve`, a function of C.  `serve` may change
 * what area holds of the interrupted registers. */
#define UPCALL_ENTRY(name, serve)                                                                                      \
	__attribute__((naked)) static void name(__attribute__((unused)) void *area)                                    \
	{                                                                                                              \
		void (*check)(struct upcall *) __attribute__((unused)) = (serve);                                      \
                                                                                                                       \
		__asm__ volatile("ldr r1, =%c0\n\tb upcall_run\n\t.ltorg" : : "i"(serve));                             \
	}

#endif
