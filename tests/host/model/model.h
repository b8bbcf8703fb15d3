/* SPDX-License-Identifier: ISC
 * The model machine: memory as the CPU and as a table walk that is not coherent sees it, and a TLB that keeps whatever it
 * could ever have loaded.  The real kern/ and kern/arm/mmu.c run on it. */
#ifndef TESTS_HOST_MODEL_H
#define TESTS_HOST_MODEL_H

#include "kern.h"

#define MODEL_RAM 0x4000000u /* bytes, from physical address 0 */

/** Builds the machine and boots the books; first_proc runs.  `coherent`: the walk sees the data cache. */
void model_boot(bool coherent);
/** A call of the current thread, with all that follows it until a thread goes back to user mode. Its result. */
int model_call(int number, uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f);
/** The TLB loads all that it can now. */
void model_walk(void);
/** Every translation that a TLB could hold must be one that the tables grant now.  Ends the program if not. */
void model_prove(void);
/** Where user memory is that calls may point to. */
extern uint8_t *model_user;
#define MODEL_USER_LEN 0x10000u
/** 1 in so many looks at the interrupt line finds one pending; 0: none ever. */
extern unsigned model_irq_rate;
/** Entries that were ever checked, and TLB rounds: that the model did anything at all. */
extern unsigned long model_checked, model_rounds;

uint32_t model_random(void);
void model_seed(uint32_t seed);
void model_fail(const char *what, uint32_t a, uint32_t b) __attribute__((noreturn));

/** The pages of [pa, pa + len) are used in that way from now on: there may be lines of the other no more. */
void model_lines(pa_t pa, uint32_t len, enum mem_type type);

/* Of mmu.c, which alone knows the identifiers. */
void model_mmu_start(bool coherent);
bool asid_live(unsigned id);

#endif
