/* SPDX-License-Identifier: ISC
 * Time. */
#ifndef MULLION_CLOCK_H
#define MULLION_CLOCK_H

#include <stdint.h>
#include "err.h"

/** Nanoseconds since boot. */
int64_t time_now(void);

/** Notifies me of `bit` (0 to 31) at `at` ns since boot (at once if that has passed); one alarm a bit, a new one
 * replaces the old; at -1 cancels it.  ERR_RANGE. */
int time_alarm(int64_t at, int bit);

/** The CPU's cycle counter (PMCCNTR), 0 where it has none that users can read (ARMv6); without a call.  Who may read it may also stop and
 * set it (PMUSERENR.EN), so it measures only where all programs are honest. */
uint32_t cycles_now(void);

#endif
