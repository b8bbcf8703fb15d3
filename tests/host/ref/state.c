/* SPDX-License-Identifier: ISC
 * Every bit of a thread's state: it goes on with what it had when it left user mode, but for what its call says; its handler begins as
 * sys/proc.h says, and what is made up with thread_return and thread_regs is set, as far as a user may. */
#include <string.h>
#include "world.h"
#include "../../../kern/arm/psr.h"

#define THUMB_CALL 2 /* bytes of an SVC */
#define ARM_CALL   4

static uint32_t random_state = 1;

/* Its own, so that it does not change when interrupts come. */
static uint32_t random_next(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state;
}

static struct model_state *cpu_state(void)
{
	return &model_state[model_cpu];
}

/* ---- what a user does with it ---- */

static const struct vfp *vfp_of(const struct thread *k)
{
	return cpu_here()->vfp == k ? &cpu_state()->vfp : &k->vfp;
}

static void remember(struct ref_thread *t, const struct thread *k)
{
	memcpy(t->own.r, k->r, sizeof t->own.r);
	t->own.cpsr = k->cpsr;
	t->own.tls = cpu_state()->tls;
	t->own.fpscr = vfp_of(k)->fpscr;
	memcpy(t->own.d, vfp_of(k)->d, sizeof t->own.d);
}

void state_leaves(void)
{
	struct thread *k = cpu_here()->current;

	k->r[13] = random_next();
	k->r[14] = random_next();
	if (random_next() % 2)
		k->cpsr = psr_user(random_next(), true);
	cpu_state()->tls = random_next();
	if (random_next() % 4 == 0) {
		model_vfp_use();
		cpu_state()->vfp.d[random_next() % 32] = random_next();
		cpu_state()->vfp.fpscr = random_next();
	}
	cpu_state()->exclusive = true;
	remember(ref.now, k);
}

void state_begins(void)
{
	random_state = 1;
	remember(ref.now, cpu_here()->current);
}

void state_back(struct ref_thread *t, bool other)
{
	const struct thread *k = cpu_here()->current;

	for (int i = t->want_n; i < 16; i++)
		SAME("a register that nobody set", t->own.r[i], k->r[i]);
	SAME("the cpsr", t->own.cpsr, k->cpsr);
	SAME("the thread pointer", t->own.tls, cpu_state()->tls);
	SAME("the thread's id for itself", t->id, cpu_state()->id);
	SAME("whether VFP is on", cpu_here()->vfp == k, cpu_state()->vfp_on);
	SAME("the FPSCR", t->own.fpscr, vfp_of(k)->fpscr);
	for (int i = 0; i < 32; i++)
		SAME("a VFP register", t->own.d[i], vfp_of(k)->d[i]);
	if (cpu_state()->exclusive && (other || t->jumped))
		world_differs("an exclusive access that goes on", 0, 1);
	t->jumped = false;
	memcpy(t->own.r, k->r, sizeof t->own.r);
}

/* ---- what the kernel does with it ---- */

static uint32_t pc_in(uint32_t cpsr, uint32_t pc)
{
	return pc & (cpsr & CPSR_T ? ~1u : ~3u);
}

uint32_t ref_call_pc(const struct ref_thread *t)
{
	return t->pc - (t->own.cpsr & CPSR_T ? THUMB_CALL : ARM_CALL);
}

static void jump(struct ref_thread *t, uint32_t pc)
{
	t->own.r[15] = pc & ~1u;
	t->own.cpsr &= ~(uint32_t)(CPSR_IT | CPSR_J | CPSR_E | CPSR_T);
	t->own.cpsr |= pc & 1 ? CPSR_T : 0;
	t->jumped = true;
}

void ref_state_start(struct ref_thread *t, uint32_t pc, uint32_t sp)
{
	t->own.cpsr = MODE_USR;
	jump(t, pc);
	t->own.r[13] = sp;
}

static uint32_t area_word(uint32_t area, size_t offset)
{
	return *ref_user_word(area + (uint32_t)offset);
}

/* The area has the thread's registers; r15 is the instruction that is to be done again. */
void ref_state_upcall(struct ref_thread *t)
{
	uint32_t area = t->upcall_area, pc = t->in_call ? ref_call_pc(t) : t->own.r[15];

	for (unsigned i = 0; i < 15; i++)
		SAME("a register in a handler's area", t->own.r[i], area_word(area, offsetof(struct upcall, r[i])));
	SAME("the pc in a handler's area", pc | (t->own.cpsr & CPSR_T ? 1u : 0),
		area_word(area, offsetof(struct upcall, r[15])));
	SAME("the cpsr in a handler's area", t->own.cpsr, area_word(area, offsetof(struct upcall, cpsr)));
	t->own.r[13] &= ~7u;
	jump(t, t->upcall_entry);
}

static void resume(struct ref_thread *t, uint32_t pc, uint32_t cpsr)
{
	t->own.cpsr = psr_user(cpsr, true);
	t->own.r[15] = t->pc = pc_in(t->own.cpsr, pc);
	t->jumped = true;
}

void ref_state_return(struct ref_thread *t, uint32_t area, bool call_again)
{
	for (unsigned i = 0; i < 15; i++)
		t->own.r[i] = area_word(area, offsetof(struct upcall, r[i]));
	resume(t, area_word(area, offsetof(struct upcall, r[15])), area_word(area, offsetof(struct upcall, cpsr)));
	if (call_again)
		t->own.r[15] = t->pc += t->own.cpsr & CPSR_T ? THUMB_CALL : ARM_CALL;
}

void ref_state_set(struct ref_thread *t, uint32_t va)
{
	uint32_t *word = (uint32_t *)(void *)&t->own;

	for (unsigned i = 0; i < sizeof t->own / 4; i++)
		word[i] = *ref_user_word(va + i * 4);
	resume(t, t->own.r[15], t->own.cpsr);
}

/* In the midst of a long operation who waited may have been told already. */
void ref_state_get(const struct ref_thread *t, uint32_t va)
{
	const uint32_t *word = (const uint32_t *)(const void *)&t->own;
	unsigned zero = offsetof(struct regs, zero) / 4;

	for (unsigned i = 0; i < sizeof t->own / 4 && !work_busy(); i++)
		SAME("a register that thread_regs shows",
			i == zero            ? 0
			: (int)i < t->want_n ? t->want[i]
					     : word[i],
			*ref_user_word(va + i * 4));
}
