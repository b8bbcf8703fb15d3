/* SPDX-License-Identifier: ISC
 * Threads on Arm: their first registers, what the CPU keeps for them, VFP, and what a trap was about.  VFP is off until
 * a thread uses it; then its registers are loaded, those of the last user saved. */
#include "kern.h"
#include "arm.h"
#include "asm.h"
#include "cpu.h"
#include "psr.h"
#include "regs.h"
#include "switch.h"

_Static_assert(offsetof(struct thread, r[15]) == THREAD_PC, "asm.h");
_Static_assert(offsetof(struct thread, cpsr) == THREAD_PC + 4, "SRS stores both");
_Static_assert(offsetof(struct thread, cpu) == THREAD_CPU, "asm.h");
_Static_assert(offsetof(struct cpu, current) == CPU_CURRENT, "asm.h");
_Static_assert(offsetof(struct cpu, resched) == CPU_RESCHED, "asm.h");
_Static_assert(offsetof(struct cpu, calls) == CPU_CALLS, "asm.h");
_Static_assert(sizeof(struct cpu) <= CPU_LEN, "asm.h");

bool cpsr_thumb(uint32_t cpsr)
{
	return (cpsr & CPSR_T) != 0;
}

va_t call_address(const struct thread *t)
{
	return t->r[15] - (cpsr_thumb(t->cpsr) ? 2 : 4);
}

/* Somewhere else than where it was: an exclusive access that it was in the middle of must not succeed after what comes now. */
void thread_jump(struct thread *t, va_t pc)
{
	exclusive_clear();
	t->r[15] = pc & ~1u;
	t->cpsr = (t->cpsr & ~(uint32_t)(CPSR_IT | CPSR_J | CPSR_E | CPSR_T)) | (pc & 1 ? CPSR_T : 0);
}

void thread_resume(struct thread *t, va_t pc, uint32_t cpsr)
{
	exclusive_clear();
	t->cpsr = psr_user(cpsr, (id_pfr0_get() & ID_PFR0_THUMBEE) != 0);
	t->r[15] = pc & (cpsr_thumb(t->cpsr) ? ~1u : ~3u);
}

void thread_context_init(struct thread *t, va_t pc, va_t sp, uint32_t arg)
{
	t->cpsr = MODE_USR;
	thread_jump(t, pc);
	t->r[13] = sp;
	t->r[0] = arg;
}

void thread_context_save(struct cpu *cpu, struct thread *t)
{
	(void)cpu;
	t->tls = thread_tls_get();
}

/* ---- VFP ---- */

void vfp_save(struct cpu *cpu, struct thread *t)
{
	if (cpu->vfp != t)
		return;
	vfp_switch(true);
	vfp_store(&t->vfp);
	vfp_switch(cpu->current == t);
}

void vfp_drop(struct cpu *cpu, struct thread *t)
{
	if (cpu->vfp != t)
		return;
	cpu->vfp = NULL;
	vfp_switch(false);
}

/* The current thread used VFP while it was off: it is on now. */
static void vfp_take(struct cpu *cpu, struct thread *t)
{
	vfp_switch(true);
	if (cpu->vfp)
		vfp_store(&cpu->vfp->vfp);
	vfp_load(&t->vfp);
	cpu->vfp = t;
}

/* ---- traps ---- */

#define FSR_STATUS(fsr) ((fsr) & (FSR_4 | FSR_0_3))

unsigned fault_kind(uint32_t fsr, bool fetch)
{
	unsigned kind = fetch ? FAULT_EXEC : fsr & FSR_WRITE ? FAULT_WRITE : FAULT_READ;

	return FSR_STATUS(fsr) == FSR_ALIGNMENT ? kind | FAULT_ALIGNMENT : kind;
}

/* Whose access an asynchronous abort belongs to, and where it was, the CPU does not know (DDI 0406C B3.13.1): it is reported of
 * address 0. */
void trap_data(void)
{
	uint32_t fsr = dfsr_get(), status = FSR_STATUS(fsr);
	bool async = status == FSR_ASYNC_EXTERNAL || status == FSR_ASYNC_PARITY;

	fault_user(async ? 0 : dfar_get(), fault_kind(fsr, false));
}

/* An instruction of 32 bits in Thumb state may begin with the last halfword of a page; if it is the next page that could not be
 * fetched, IFAR says so (DDI 0406C B3.13.2), but for a debug event, of which IFAR says nothing.  No other instruction lies in two
 * pages: on ARM1176 none at all, whose BL in Thumb state is two instructions, fetched and done one by one (DDI 0100I A7.1, BL). */
static va_t fetch_failed(const struct thread *t)
{
	va_t next = (t->r[15] | (PAGE_SIZE - 1)) + 1;

	if (!cpsr_thumb(t->cpsr) || next - t->r[15] != 2)
		return t->r[15];
	return ifar_get() / PAGE_SIZE == next / PAGE_SIZE ? next : t->r[15];
}

/* A debug event is a BKPT: no page that is brought lets the instruction go on. */
void trap_prefetch(void)
{
	uint32_t fsr = ifsr_get();

	if (FSR_STATUS(fsr) == FSR_DEBUG)
		fault_user(current()->r[15], FAULT_UNDEFINED | FAULT_EXEC);
	else
		fault_user(fetch_failed(current()), fault_kind(fsr, true));
}

void trap_undefined(void)
{
	struct cpu *cpu = cpu_here();
	struct thread *t = cpu->current;

	if (cpu->vfp == t)
		fault_user(t->r[15], FAULT_UNDEFINED | FAULT_EXEC);
	else
		vfp_take(cpu, t); /* and if it was another instruction it traps once more */
}

/* ---- user memory ---- */

int user_copy_in(void *to, va_t from, uint32_t len);
int user_copy_out(va_t to, const void *from, uint32_t len);

static int access_failed(void)
{
	struct cpu *cpu = cpu_here();

	cpu->fault_address = dfar_get();
	cpu->fault_status = fault_kind(dfsr_get(), false);
	return -1;
}

int user_read(void *to, va_t from, uint32_t len)
{
	return user_copy_in(to, from, len) ? access_failed() : 0;
}

int user_write(va_t to, const void *from, uint32_t len)
{
	return user_copy_out(to, from, len) ? access_failed() : 0;
}
