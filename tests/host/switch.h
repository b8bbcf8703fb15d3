/* SPDX-License-Identifier: ISC
 * Stands for kern/arm/switch.h where the portable kernel is compiled natively: model/context.c has its functions. */
#ifndef TESTS_HOST_SWITCH_H
#define TESTS_HOST_SWITCH_H

void context_load(struct cpu *cpu, struct thread *t);
void context_exchange(struct cpu *cpu, struct thread *t, struct thread *to);

#endif
