/* SPDX-License-Identifier: ISC
 * Interrupts for user drivers.  Lines carry the interrupt controller's numbers.  The first process owns all. */
#ifndef MULLION_IRQ_H
#define MULLION_IRQ_H

#include "err.h"

/** Hands line `irq`, which I own, to pid; when that process ends it is the first process's again.  The first process may
 * hand on, or take back (pid 0), a line that another has by now.  Whoever had it bound is notified of it no more.
 * ERR_RANGE no such line · ERR_PROC · ERR_RIGHT not mine · ERR_DEAD. */
int irq_allow(int pid, int irq);

/** When `irq`, mine, fires, the kernel masks it and notifies me of `bit` (0 to 31).  Unmasks it.  bit -1: no more.
 * ERR_RANGE · ERR_RIGHT not mine. */
int irq_bind(int irq, int bit);

/** The device is served: what I wrote to it is there before the line is unmasked.  ERR_RANGE · ERR_RIGHT not bound by me. */
int irq_ack(int irq);

#endif
