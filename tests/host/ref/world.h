/* SPDX-License-Identifier: ISC
 * Programs that run on the real kernel (on the model machine) and on the reference model, which must agree. */
#ifndef TESTS_HOST_WORLD_H
#define TESTS_HOST_WORLD_H

#include "../model/model.h"
#include "ref.h"

#define OP_LEN 16 /* bytes of a program that decide one operation */
#define PC     0x1000u

/** Runs a program: its first OP_LEN bytes choose the machine, each further OP_LEN one operation of whoever runs then. */
void world_run(const uint8_t *program, size_t len);
/** The running thread makes a call.  False: somebody else runs now. */
bool world_call(int number, uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f);
/** The same with all of r0 to r11. */
void world_call_regs(int number, const uint32_t *regs);
/** The running thread accesses memory, by an ordinary instruction. */
void world_access(uint32_t va, unsigned right);
void world_time(uint64_t now);
void world_irq(int line);
/** The same, but only after the kernel has looked for interrupts `looks` times. */
void world_irq_soon(int line, unsigned looks);
void world_hop(int cpu);
/** The last result, while the caller still runs. */
int world_result(void);

/** Whether all of the kernel's books are the reference's; `slots`: each slot of each table, not only some.  From same.c. */
void same_all(bool slots);
/** The same of two numbers. */
#define SAME(what, want, got)                                                                                          \
	do {                                                                                                           \
		if ((int64_t)(want) != (int64_t)(got))                                                                 \
			world_differs(what, (int64_t)(want), (int64_t)(got));                                          \
	} while (0)

/** The running thread leaves user mode: what a user can change has changed.  From state.c, as those that follow. */
void state_leaves(void);
/** It is back, on a CPU that others (`other`) may have had: all must be as it was, or as it should be. */
void state_back(struct ref_thread *t, bool other);
/** The first thread's state is what it is. */
void state_begins(void);

/** The reference begins anew, from the kernel's books after boot. */
void ref_boot(void);
/** One operation.  From gen.c. */
void op_run(const uint8_t *op);
/** What every program begins with: frames of several sizes, tables, a child that runs. */
void op_prepare(void);

/** The shortest programs of mistakes that were found, or the one of that name, call by call.  0: none is back. */
int found_run(const char *name);
/** n chains of processes; ends the program if anything is lost.  From chains.c. */
void chains_run(unsigned long n);
/** Runs fn on a machine that has just booted: core and number of CPUs. */
void world_with(int core, int cpus, unsigned irq_rate, void (*fn)(void));
/** A frame of the running process of exactly `len` bytes, aligned to it; 0 if there is none. */
int world_piece(uint32_t len);

extern bool world_trace;    /* says what happens */
extern bool world_thorough; /* proves everything after each call, not only what is cheap */
extern unsigned long world_looks, world_looks_between, world_calls, world_switches, world_blocked, world_refused,
	world_given_up;
extern unsigned long world_made[64]; /* by call: how many were made, and succeeded */
extern unsigned long world_done[64];

#endif
