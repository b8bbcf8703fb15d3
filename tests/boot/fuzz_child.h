/* SPDX-License-Identifier: ISC
 * What a process of fuzz_many does: calls of every number with arguments that are random or nearly right, accesses to
 * what it has and has not, threads and children of its own.  Runs without globals and without a heap: all that such a
 * process has is mapped when it faults, its program and a stack from the bank that fuzz_many keeps. */
#ifndef FUZZ_CHILD_H
#define FUZZ_CHILD_H

#include "fuzz_luck.h"

/* r[0..11] and the number into registers; the result. */
int fuzz_call(const uint32_t *r, unsigned number);
/* One access, returning to the caller by lr. */
void fuzz_load(uintptr_t va), fuzz_store(uintptr_t va), fuzz_jump(uintptr_t va), fuzz_access_end(void);

__asm__(".syntax unified\n"
	".text\n"
	".balign 4\n"
	".type fuzz_call, %function\n"
	"fuzz_call:\n"
	"	push	{r1, r4-r11, lr}\n"
	"	mov	r12, r1\n"
	"	ldm	r0, {r0-r11}\n"
	"	svc	#0\n"
	"	pop	{r1, r4-r11, pc}\n"
	".type fuzz_load, %function\n"
	"fuzz_load:\n"
	"	ldrb	r0, [r0]\n"
	"	bx	lr\n"
	".type fuzz_store, %function\n"
	"fuzz_store:\n"
	"	strb	r0, [r0]\n"
	"	bx	lr\n"
	".type fuzz_jump, %function\n"
	"fuzz_jump:\n"
	"	push	{r4, lr}\n"
	"	blx	r0\n"
	"	pop	{r4, pc}\n"
	".type fuzz_access_end, %function\n"
	"fuzz_access_end:\n");

/* Operations of a batch, or random words: whatever the call takes the buffer for. */
static void buffer_fill(struct luck *l, unsigned number)
{
	static const int calls[] = {CALL_frame_split, CALL_frame_merge, CALL_frame_table, CALL_frame_map,
		CALL_frame_unmap, CALL_frame_protect, CALL_frame_give};
	struct frame_op *op = (struct frame_op *)(void *)l->buffer;

	if (number != CALL_frame_batch) {
		for (unsigned n = 0; n < 16; n++)
			l->buffer[n] = number == CALL_frame_maps ? 0 : luck_next(l);
		return;
	}
	for (unsigned n = 0; n < 8; n++, op++) {
		op->call = calls[luck_next(l) % 7];
		for (unsigned i = 0; i < 6; i++)
			op->arg[i] = fuzz_args[op->call][i] ? arg_make(l, fuzz_args[op->call][i]) : 0;
	}
}

/* Calls after which a thread is hardly ever able to go on. */
static bool fatal(unsigned number)
{
	return number == CALL_proc_exit || number == CALL_thread_exit || number == CALL_thread_return ||
	       number == CALL_proc_end || number == CALL_vspace_swap || number == CALL_proc_pager ||
	       number == CALL_frame_donate;
}

/* Calls about a mapping: they hardly ever find one by luck. */
static bool names_map(unsigned number)
{
	return number == CALL_frame_unmap || number == CALL_frame_protect || number == CALL_vspace_resolve;
}

static void call_any(struct luck *l)
{
	unsigned number = luck_next(l) / 16 % (CALL_LIMIT + 1);
	uint32_t r[12] = {0};
	int result;

	if (fatal(number) && !one_in(l, 32))
		return;
	if (number == CALL_LIMIT)
		number = luck_next(l);
	if (number < CALL_LIMIT) {
		buffer_fill(l, number);
		l->by_map = l->map.t_id && names_map(number) && !one_in(l, 4);
		for (unsigned n = 0; fuzz_args[number][n]; n++)
			r[n] = arg_make(l, fuzz_args[number][n]);
	}
	result = MADE(l, fuzz_call(r, number));
	if (number == CALL_proc_new && result > SERVERS)
		l->born = result;
}

/* Receives, and answers: with a frame now and then. */
static void receive_any(struct luck *l)
{
	struct msg m;

	if (MADE(l, msg_recv(&m, MS(1) / 8)) < 0 || m.from <= 0)
		return;
	m = (struct msg){
		.from = m.from, .tag = (int)(luck_next(l) >> 4) % 2, .frame = one_in(l, 4) ? pick(l, MEMORY)->f_id : 0};
	MADE(l, msg_reply(m.from, &m));
}

/* Reads, writes or calls what may be there, with or without a handler of its own. */
static void access_any(struct luck *l)
{
	static const uintptr_t odd[] = {0, USER_START, USER_END, 0xffff0000, 0x7ffffffc, 0x80010000};
	uint32_t n = luck_next(l) >> 4;
	uintptr_t va = n % 8 ? PLAY_VA + n / 8 % PLAY_LEN : odd[n / 8 % 6];
	void fuzz_upcall(void *area);

	if (n & 8)
		MADE(l, thread_upcall(fuzz_upcall, (void *)stack_of(l->place)));
	if (one_in(l, 4))
		fuzz_jump(va);
	else if (one_in(l, 2))
		fuzz_load(va);
	else
		fuzz_store(va);
	if (one_in(l, 2))
		MADE(l, thread_upcall(NULL, NULL));
}

/* Whether that is the pc of one of access_any's. */
static bool access_made(uintptr_t pc)
{
	return pc >= ((uintptr_t)fuzz_load & ~(uintptr_t)1) && pc < ((uintptr_t)fuzz_access_end & ~(uintptr_t)1);
}

static bool program_holds(uintptr_t pc)
{
	return pc >= USER_START && pc < L2_SPAN;
}

/* The access is left out if it was one of access_any's; other faults are the pager's. */
void fuzz_upcall(void *area)
{
	struct upcall *up = area;
	uintptr_t pc = up->r[15];

	if ((access_made(pc) || !program_holds(pc)) && program_holds(up->r[14]))
		up->r[15] = up->r[14];
	else
		thread_upcall(NULL, NULL);
	thread_return(up);
}

/* A free place among those that children take for theirs, or -1. */
static int slot_take(struct luck *l)
{
	for (int n = 0; n < 4; n++) {
		int slot = 4 + (int)(luck_next(l) / 16 % (SLOTS - 4));

		if (!__atomic_exchange_n(&arena()->taken[slot], 1, __ATOMIC_SEQ_CST))
			return slot;
	}
	return -1;
}

/* A child of its own: tables, a PROC frame, mostly some memory; the keeper is its pager. */
static void child_bear(struct luck *l)
{
	struct frame *f = pick_room(l, 8 * PAGE_SIZE, L1_SIZE);
	int l1, l2, proc, rest, slot = f ? slot_take(l) : -1;

	if (slot < 0)
		return;
	l1 = f->f_id;
	l2 = MADE(l, frame_split(l1, L1_SIZE));
	proc = MADE(l, frame_split(l2, L2_SIZE));
	rest = MADE(l, frame_split(proc, PROC_SIZE));
	MADE(l, frame_table(l1, FRAME_L1));
	MADE(l, frame_table(l2, FRAME_L2));
	MADE(l, frame_map(l1, l2, 0, 0, 0, F_MAP_TABLE));
	l->born = MADE(l, proc_new(proc));
	arena()->pid[slot] = l->born;
	MADE(l, proc_pager(l->born, arena()->keeper));
	if (one_in(l, 2)) {
		int records = rest, more = MADE(l, frame_split(rest, PAGE_SIZE));

		MADE(l, frame_donate(records));
		MADE(l, frame_give(records, l->born));
		MADE(l, frame_give(more, l->born));
	}
	MADE(l, vspace_swap(l->born, l1));
	MADE(l, proc_start(
			l->born, (uintptr_t)fuzz_begin, stack_of(2 * (unsigned)slot) + PAGE_SIZE, 2 * (unsigned)slot));
}

/* Ends its last child and takes over what that had. */
static void child_bury(struct luck *l)
{
	if (l->born <= SERVERS)
		return;
	MADE(l, proc_end(l->born, 0));
	MADE(l, proc_reap(l->born));
}

/* Its second thread. */
static void thread_bear(struct luck *l)
{
	struct frame *f = pick_room(l, 2 * PAGE_SIZE, PAGE_SIZE);

	if (!f)
		return;
	MADE(l, frame_split(f->f_id, THREAD_SIZE));
	MADE(l, thread_new(0, f->f_id, (uintptr_t)fuzz_begin, stack_of(l->place + 1) + PAGE_SIZE, l->place + 1));
}

/* Where every thread begins. */
void fuzz_begin(unsigned place)
{
	struct luck l = {.place = place % PLACES};

	l.state = (arena()->seed + place) * 2654435761u + (uint32_t)MADE(&l, time_now());
	l.state |= !l.state;
	l.f = l.table = l.known;
	for (int n = 0; n < KNOWN; n++)
		look(&l);
	if (place % 2 == 0 && place < PLACES)
		thread_bear(&l);
	for (;;) {
		uint32_t n = luck_next(&l) / 16 % 64;

		if (n == 0)
			access_any(&l);
		else if (n == 1 && one_in(&l, 4))
			child_bear(&l);
		else if (n == 2)
			receive_any(&l);
		else if (n == 3 && one_in(&l, 16))
			child_bury(&l);
		else if (n < 14)
			look(&l);
		else
			call_any(&l);
	}
}

#endif
