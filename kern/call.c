/* SPDX-License-Identifier: ISC
 * The way in: the tables of handlers, made from call.def.  trap.S indexes them with the number in r12, having checked
 * it against CALL_LIMIT; the argument words are the handlers' parameters, by AAPCS. */
#include "kern.h"

/* The handlers take what they take; through the table they are called with the six words that a call may have. */
#define X(name, number, stub, book, text) int call_##name(void);
#include "call.def"
#undef X

_Static_assert(CALL_LIMIT == CALL_time_alarm + 1, "kern/arm/call_limit.h says so too");

#define HANDLER(name) ((call_fn)(void (*)(void))call_##name)

const call_fn call_table[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = HANDLER(name),
#include "call.def"
#undef X
};

/* While a long operation is pending, calls that change the books finish it first; those that look see them as they are
 * between two pieces, or a low priority's operation would keep a high one waiting. */
/* A call that goes straight would not see the operation. */
#define BOOK_0(name) (CALL_##name == CALL_msg_call ? (call_fn)(void (*)(void))msg_call_general : HANDLER(name))
#define BOOK_1(name) call_help
#define BOOK_2(name) HANDLER(name)

const call_fn call_table_busy[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = BOOK_##book(name),
#include "call.def"
#undef X
};

static int lent_call(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)
{
	(void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
	lent_enter();
	return call_again(current());
}

const call_fn call_table_lent[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = CALL_UNSETTLED(number) ? HANDLER(name) : lent_call,
#include "call.def"
#undef X
};

#define LOOKS_0 false
#define LOOKS_1 false
#define LOOKS_2 true

bool call_looks(const struct thread *t)
{
	static const bool looks[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = LOOKS_##book,
#include "call.def"
#undef X
	};

	return looks[t->r[12]];
}

int call_again(struct thread *t)
{
	const uint32_t *r = t->r;

	return cpu_here()->calls[r[12]](r[0], r[1], r[2], r[3], r[4], r[5]);
}

int call_null(void)
{
	return 0;
}
