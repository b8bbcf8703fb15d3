/* SPDX-License-Identifier: ISC
 * What an attack program is written with, besides test.h: ATTACK says what the attacker does and what it would gain if the
 * kernel let it, and is the claim that neither happens.  Names nothing of a board. */
#ifndef ATTACK_H
#define ATTACK_H

#include "test.h"

/** Opens the body: one attack a program. */
#define ATTACK(attack, gain) TEST("attack: " attack ".  It would gain: " gain)

/** The L2 of mine in which va stands; *at gets its place there. */
int l2_of(const volatile void *va, uintptr_t *at);

/** A page of mine, mapped where the attacker knows every way to take it away again. */
struct page {
	int f_id;
	int l2;       /* the table it stands in */
	uintptr_t at; /* and where */
	volatile uint32_t *va;
};
void page_make(struct page *p);
/** Maps it again at its place. */
void page_map(struct page *p);
/** Reads and writes it, so that a TLB has it. */
void page_touch(struct page *p);
/** Checks that the very next read and write fault. */
void page_gone(struct page *p);

/** Takes the child's faults and refuses each one until it ends.  Returns its status, everything freed. */
int child_refuse(struct child *c);
/** Ends the child, whatever it does, and frees everything. */
void child_kill(struct child *c);
/** Waits until word n of the page shared with a child is not zero. */
void child_says(struct child *c, unsigned n);

#endif
