/* SPDX-License-Identifier: ISC
 * From one thread to another: what the CPU keeps for it, inline. */
#ifndef KERN_ARM_SWITCH_H
#define KERN_ARM_SWITCH_H

#include "regs.h"

/** The CPU keeps what is t's: identifier, thread pointer, VFP on only if its registers are loaded.  No exclusive access that was
 * begun succeeds. */
static inline void context_load(struct cpu *cpu, struct thread *t)
{
	thread_id_set((uint32_t)t->id, t->tls);
	vfp_switch(cpu->vfp == t);
	cpu->loaded = t;
}

/** The same from t, whose context is loaded, to another thread. */
static inline void context_exchange(struct cpu *cpu, struct thread *t, struct thread *to)
{
	t->tls = thread_tls_get();
	context_load(cpu, to);
}

#endif
