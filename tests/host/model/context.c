/* SPDX-License-Identifier: ISC
 * The real code for threads' registers, natively: what the CPU keeps for a thread is variables.  All but the traps, whose causes the
 * model makes, and user memory (memory.c). */
#define KERN_ARM_REGS_H /* instead of regs.h */
#include <string.h>
#include "model.h"

struct model_state model_state[4];

static struct model_state *here(void)
{
	return &model_state[cpu_here() - host_cpu];
}

static void exclusive_clear(void)
{
	here()->exclusive = false;
}

static void thread_id_set(uint32_t id, uint32_t tls)
{
	here()->id = id;
	here()->tls = tls;
	exclusive_clear();
}

static uint32_t thread_tls_get(void)
{
	return here()->tls;
}

static void vfp_switch(bool on)
{
	here()->vfp_on = on;
}

/* An access to VFP that is off would be a trap in the kernel. */
static void vfp_store(struct vfp *to)
{
	if (!here()->vfp_on)
		model_fail("VFP is off", 0, 0);
	*to = here()->vfp;
}

static void vfp_load(const struct vfp *from)
{
	if (!here()->vfp_on)
		model_fail("VFP is off", 1, 0);
	here()->vfp = *from;
}

#define ID_PFR0 0x1131 /* A15's */

static uint32_t id_pfr0_get(void)
{
	return ID_PFR0;
}

static uint32_t ifar_get(void)
{
	return 0;
}

static uint32_t ifsr_get(void)
{
	return 0;
}

static uint32_t dfar_get(void)
{
	return 0;
}

static uint32_t dfsr_get(void)
{
	return 0;
}

#define context_load     arm_context_load
#define context_exchange arm_context_exchange
#define fault_kind       arm_fault_kind
#define user_read        arm_user_read
#define user_write       arm_user_write
#include "../../../kern/arm/context.c"
#undef fault_kind
#undef context_load
#undef context_exchange
#undef user_read
#undef user_write

void context_load(struct cpu *cpu, struct thread *t)
{
	arm_context_load(cpu, t);
}

void context_exchange(struct cpu *cpu, struct thread *t, struct thread *to)
{
	arm_context_exchange(cpu, t, to);
}

int user_copy_in(void *to, va_t from, uint32_t len)
{
	(void)to;
	model_fail("a copy that is memory.c's", from, len);
}

int user_copy_out(va_t to, const void *from, uint32_t len)
{
	(void)from;
	model_fail("a copy that is memory.c's", to, len);
}

unsigned fault_kind(uint32_t status, bool fetch)
{
	return fetch ? FAULT_EXEC : status;
}

void model_vfp_use(void)
{
	if (!here()->vfp_on)
		trap_undefined();
}

void model_state_move(struct cpu *from, struct cpu *to)
{
	struct thread *t = from->current;
	int cpu = model_cpu;

	if (from->vfp)
		vfp_save(from, from->vfp);
	from->vfp = NULL;
	vfp_switch(false);
	thread_context_save(from, t);
	from->loaded = NULL;
	model_cpu = (int)(to - host_cpu);
	context_load(to, t);
	model_cpu = cpu;
}
