/* SPDX-License-Identifier: ISC
 * From a function to its caller, by the tables that the compiler made (ARM IHI 0038, "Exception Handling ABI for the Arm
 * Architecture": 5 index table, 6.3 compact entries, 9.3 instructions).  For panics: reads nothing outside of the kernel's
 * text, the tables and the given stack, and gives up at whatever it does not know. */
#include "kern.h"
#include "arm.h"

#define CANTUNWIND 1u
#define FINISH     0xb0
#define SP         13
#define LR         14
#define PC         15

/** An entry of the index: a function and what undoes its prologue. */
struct index {
	uint32_t fn;   /* place-relative, 31 bits */
	uint32_t data; /* instructions (bit 31), CANTUNWIND, or place-relative: where they are */
};

extern const struct index exidx_start[], exidx_end[];
extern const uint32_t extab_start[], extab_end[];
extern const char _start[], _text_end[];

/** A function's instructions, and the registers and stack that they work on. */
struct unwind {
	const uint32_t *word;
	unsigned next, n; /* bytes of it, the most significant of a word first */
	uint32_t *r;
	uint32_t low, top;
	bool pc_set;
};

bool text_holds(uint32_t pc)
{
	return pc >= (uintptr_t)_start && pc < (uintptr_t)_text_end;
}

static uint32_t place_relative(const uint32_t *at)
{
	return (uint32_t)(uintptr_t)at + (uint32_t)((int32_t)(*at << 1) >> 1);
}

static unsigned next_byte(struct unwind *u)
{
	unsigned i = u->next++;

	return i < u->n ? u->word[i / 4] >> (24 - i % 4 * 8) & 0xff : FINISH;
}

/* Takes the registers in `mask` from the stack. */
static bool pop(struct unwind *u, unsigned mask)
{
	uint32_t sp = u->r[SP];

	for (unsigned i = 0; i < 16; i++) {
		if (!(mask & 1u << i))
			continue;
		if (sp % 4 || sp < u->low || sp >= u->top)
			return false;
		u->r[i] = *(const uint32_t *)(uintptr_t)sp;
		sp += 4;
	}
	if (!(mask & 1u << SP))
		u->r[SP] = sp;
	u->pc_set = u->pc_set || (mask & 1u << PC);
	return true;
}

/* One instruction that is none of the simple ones; false: not known. */
static bool step_rare(struct unwind *u, unsigned op)
{
	unsigned more;

	switch (op) {
	case 0xb1:
		more = next_byte(u);
		return more && more < 16 && pop(u, more);
	case 0xb2:
		more = next_byte(u);
		u->r[SP] += 0x204 + (more << 2);
		return more < 0x80; /* longer ones no function of the kernel has */
	case 0xb3:
	case 0xc8:
	case 0xc9:
		more = next_byte(u);
		u->r[SP] += ((more & 15) + 1) * 8 + (op == 0xb3 ? 4 : 0);
		return true;
	default:
		if ((op & 0xf8) != 0xb8 && (op & 0xf8) != 0xd0)
			return false;
		u->r[SP] += ((op & 7) + 1) * 8 + ((op & 0xf8) == 0xb8 ? 4 : 0);
		return true;
	}
}

static bool step(struct unwind *u, unsigned op)
{
	unsigned mask;

	if (op < 0x40) {
		u->r[SP] += (op << 2) + 4;
	} else if (op < 0x80) {
		u->r[SP] -= ((op & 0x3f) << 2) + 4;
	} else if (op < 0x90) {
		mask = (op & 15) << 12 | next_byte(u) << 4;
		return mask && pop(u, mask);
	} else if (op < 0xa0) {
		u->r[SP] = u->r[op & 15];
	} else if (op < 0xb0) {
		return pop(u, ((2u << (op & 7)) - 1) << 4 | (op & 8 ? 1u << LR : 0));
	} else {
		return step_rare(u, op);
	}
	return true;
}

/* Finds the instructions of the function that holds pc. */
static bool instructions_find(struct unwind *u, uint32_t pc)
{
	const struct index *low = exidx_start, *high = exidx_end, *mid;

	while (high - low > 1) {
		mid = low + (high - low) / 2;
		if (place_relative(&mid->fn) <= pc)
			low = mid;
		else
			high = mid;
	}
	if (low == exidx_end || low->data == CANTUNWIND || place_relative(&low->fn) > pc)
		return false;
	u->word = &low->data;
	if (!(low->data >> 31))
		u->word = (const uint32_t *)(uintptr_t)place_relative(&low->data);
	if (u->word != &low->data && (u->word < extab_start || u->word >= extab_end))
		return false;
	u->n = 4;
	u->next = 1;
	if ((*u->word >> 24) == 0x81) { /* a long one: how many words follow */
		u->n += (*u->word >> 16 & 0xff) * 4;
		u->next = 2;
	} else if ((*u->word >> 24) != 0x80) {
		return false;
	}
	return u->word == &low->data || u->n / 4 <= (unsigned)(extab_end - u->word);
}

bool unwind_step(uint32_t r[16], uint32_t low, uint32_t top)
{
	struct unwind u = {.r = r, .low = low, .top = top};
	uint32_t pc = r[PC], sp = r[SP];

	if (!instructions_find(&u, pc))
		return false;
	for (unsigned op = next_byte(&u); op != FINISH; op = next_byte(&u))
		if (!step(&u, op))
			return false;
	if (!u.pc_set)
		r[PC] = r[LR];
	r[PC] = (r[PC] & ~1u) -
		4; /* the call, not what follows it; bit 0 is Thumb's, of the compiler's own functions */
	return r[SP] >= sp && r[PC] != pc;
}
