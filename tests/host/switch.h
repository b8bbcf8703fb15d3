/* SPDX-License-Identifier: ISC
 * Stands for kern/arm/switch.h where the portable kernel is compiled natively: model/context.c has its functions. */
#ifndef TESTS_HOST_SWITCH_H
#define TESTS_HOST_SWITCH_H

void context_switch(struct cpu *cpu, struct thread *t);

#endif
