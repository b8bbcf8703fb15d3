/* SPDX-License-Identifier: ISC
 * Rule 10: what a timeout costs does not depend on what timers others have, though they choose where their threads live
 * and when each is to wake. */
#include <stdlib.h>
#include "attack.h"

#define THREADS 3000
#define ALARMS  500

void sleeps(void);

/* Parks for r0 times 2^32 ns, without a stack. */
__asm__(".syntax unified\n"
	".text\n"
	".arm\n"
	".balign 4\n"
	".type sleeps, %function\n"
	"sleeps:\n"
	"	mov	r1, r0\n"
	"	mov	r0, #0\n"
	"	mov	r12, #34\n" /* thread_park */
	"	svc	#0\n"
	"1:	b	1b\n");

struct room {
	int f_id;
	uint32_t weight;
};

static struct room rooms[THREADS];

static int by_weight(const void *a, const void *b)
{
	const struct room *x = a, *y = b;

	return x->weight < y->weight ? -1 : x->weight > y->weight;
}

/* How long alarms later than everybody's take. */
static int64_t alarms_cost(void)
{
	int64_t best = INT64_MAX;

	for (int round = 0; round < 8; round++) {
		int64_t begin = time_now(), took;

		for (int n = 0; n < ALARMS; n++)
			time_alarm(INT64_MAX / 4 + n, 0);
		took = time_now() - begin;
		best = took < best ? took : best;
	}
	time_alarm(-1, 0);
	return best;
}

ATTACK("live at addresses that the kernel mixes into an order, and set timeouts so that its tree of timers becomes a "
       "chain",
	"everybody's time: each timeout of anyone would walk along thousands of others")
{
	struct child c;
	struct frame f;
	int64_t before, after;

	_Static_assert(CALL_thread_park == 34, "the number above");
	page_credits(THREADS + 64);
	for (int n = 0; n < THREADS; n++) {
		rooms[n].f_id = mem_new(THREAD_SIZE);
		CHECK_OK(frame_info(rooms[n].f_id, &f));
		rooms[n].weight = (uint32_t)f.pa * 0x9e3779b1u;
	}
	qsort(rooms, THREADS, sizeof *rooms, by_weight);
	child_make(&c);
	child_run(&c, (void (*)(void *))sleeps);
	before = alarms_cost();
	for (int n = 0; n < THREADS; n++)
		CHECK_OK(thread_new(c.pid, rooms[n].f_id, (uintptr_t)sleeps, 0, (uintptr_t)n + 1));
	thread_park(MS(300)); /* until all of them sleep */
	after = alarms_cost();
	CHECK(after < 8 * before); /* a tree of so many is a dozen steps deep, a chain thousands */
	child_kill(&c);
}
