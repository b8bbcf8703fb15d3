/* SPDX-License-Identifier: ISC
 * Which states of a CPU a user may have: the bits that are its own, and of their combinations those that the manual defines. */
#ifndef KERN_ARM_PSR_H
#define KERN_ARM_PSR_H

#include <stdbool.h>
#include <stdint.h>
#include "asm.h"

#define IT_TO_COME 0x0f /* not 0 in a block: a 1 stands behind the last instruction's bit */
#define IT_ELSE    0x10 /* the next instruction's condition is the opposite one */
#define IT_ALWAYS  0xe0

/** ITSTATE as one number (DDI 0406C A2.5.2). */
static inline unsigned psr_it(uint32_t cpsr)
{
	return (cpsr >> 8 & 0xfc) | (cpsr >> 25 & 3);
}

/** Whether an IT block can be in that state: Table A2-2, and A8.8.54, which says that nothing is the opposite of always. */
static inline bool it_defined(unsigned it)
{
	unsigned to_come = it & IT_TO_COME;

	if (!to_come)
		return it == 0;
	return (it & IT_ALWAYS) != IT_ALWAYS || (!(it & IT_ELSE) && !(to_come & (to_come - 1)));
}

/** What of a cpsr is a user's, in user mode.  Without T there is no IT block, and J would mean Jazelle state, which no CPU here
 * has (A2.5.1); with it, ThumbEE.  What is not defined is cleared. */
static inline uint32_t psr_user(uint32_t cpsr, bool thumbee)
{
	uint32_t user = cpsr & CPSR_USER;

	if (!(user & CPSR_T) || !it_defined(psr_it(user)))
		user &= ~(uint32_t)CPSR_IT;
	if (!(user & CPSR_T) || !thumbee)
		user &= ~(uint32_t)CPSR_J;
	return user | MODE_USR;
}

#endif
