/* SPDX-License-Identifier: ISC
 * Where a message lies in the registers of who sends or receives it. */
#ifndef KERN_MSG_REGS_H
#define KERN_MSG_REGS_H

#include "kern.h"

#define R_TAG   1
#define R_FRAME 2
#define R_WORD  3
#define R_FROM  9 /* received */
#define R_PID   10
#define R_CALL  11
#define R_FOR   9 /* sent */
#define R_TIME  10

_Static_assert(offsetof(struct msg, word) == R_WORD * 4, "lib/call.S moves a message's words");
_Static_assert(offsetof(struct msg, call) == 40, "lib/call.S says so too");

/** Tag, frame and words, which lie side by side. */
struct msg_words {
	uint32_t r[R_WORD + MSG_WORDS - R_TAG];
};

/** t makes a call, or has a fault: gives it its number.  Numbers are the CPU's, not the thread's: a thread that lives where another
 * one did goes on with none of its; and each CPU has its own, so that they write nothing in common (rule 12). */
static inline void msg_number(struct cpu *cpu, struct thread *t)
{
	uint32_t call = cpu->call + CPU_MAX;

	if (!call) /* means none */
		call = CPU_MAX;
	t->call = cpu->call = call;
}

static inline void msg_copy(struct thread *to, const struct thread *from, uint32_t call)
{
	*(struct msg_words *)(void *)&to->r[R_TAG] = *(const struct msg_words *)(const void *)&from->r[R_TAG];
	to->r[R_FROM] = (uint32_t)from->id;
	to->r[R_PID] = (uint32_t)from->proc->first.id;
	to->r[R_CALL] = call;
	to->r[0] = 0;
}

#endif
