/* SPDX-License-Identifier: ISC
 * From one thread to another: what the CPU keeps for it, inline. */
#ifndef KERN_ARM_SWITCH_H
#define KERN_ARM_SWITCH_H

#include "regs.h"

/** Access to VFP on or off; nothing is written if it is so. */
static inline void vfp_access(struct cpu *cpu, bool on)
{
	if (cpu->vfp_on == on)
		return;
	vfp_switch(on);
	cpu->vfp_on = on;
}

/** The CPU keeps what is t's (identifier, thread pointer, VFP on only if its registers are loaded), and no longer what is
 * another's, which is saved.  No exclusive access that was begun succeeds. */
static inline void context_switch(struct cpu *cpu, struct thread *t)
{
	if (cpu->loaded == t)
		return;
	if (cpu->loaded)
		cpu->loaded->tls = thread_tls_get();
	thread_id_set((uint32_t)t->id, t->tls);
	vfp_access(cpu, cpu->vfp == t);
	cpu->loaded = t;
}

#endif
