/* SPDX-License-Identifier: ISC
 * What the two measures of kernel-late.elf ask of each other: how long interrupts are off (late.c), and how long a higher
 * priority waits for lower ones (late_wait.c). */
#ifndef KERN_ARM_LATE_H
#define KERN_ARM_LATE_H

#include "kern.h"
#include "arm.h"

/* What the kernel is at work for: a call's number, or one of these. */
enum { DOING_FAULT = CALL_LIMIT, DOING_INTERRUPT, DOING_ORPHAN, DOINGS };

/** What it is at work for now. */
uint32_t late_doing(void);
/** So much of the stretch under way went into measuring. */
void late_skip(uint64_t ticks);
void late_print(const char *s);
void late_print_dec(uint32_t n);
const char *late_name(uint32_t what);

/** Looks whether somebody waits for a lower one now.  A wait that begins here may have begun at `since` (ticks). */
void wait_look(uint64_t since);
/** The same in the midst of a stretch, which is not made longer by it; since 0: now. */
void wait_look_here(uint64_t since);
/** An interrupt was found pending: it was not at the look before, `since`. */
void wait_pending(uint64_t since);
/** Prints the longest waits, and during which calls. */
void wait_report(void);

#endif
