/* SPDX-License-Identifier: ISC
 * What a process of fuzz_many does: calls of every number with arguments that are random or nearly right, accesses to
 * what it has and has not, threads and children of its own.  Runs without globals and without a heap: all that such a
 * process has is mapped when it faults, its program and a stack from the bank that fuzz_many keeps. */
#ifndef FUZZ_CHILD_H
#define FUZZ_CHILD_H

#include <boot.h>
#include "test.h"

#define SLOTS    28 /* processes of a round, each with two threads */
#define PLACES   (2 * SLOTS)
#define BANK_VA  0x20000
#define BANK_LEN ((1 + PLACES) * PAGE_SIZE)
#define PLAY_VA  (2 * L2_SPAN) /* from here on nothing is needed to go on */
#define PLAY_LEN (3 * L2_SPAN)
#define KNOWN    24
#define SERVERS  255 /* ids up to here are init's and its servers': what they are given is lost */

/* The bank's first page; the others are stacks, one a place. */
struct arena {
	volatile uint32_t calls[PLACES]; /* made by the thread at that place */
	int taken[SLOTS];
	volatile int pid[SLOTS];
	int keeper; /* who pages and reaps */
	uint32_t seed;
	int irq;
};

/* What a thread works with: its luck, and what it knows. */
struct luck {
	uint32_t state;
	unsigned place;
	int cursor, born;        /* in the list of its frames; its last child */
	int64_t at;              /* an alarm's time */
	struct frame *f, *table; /* that were last picked */
	struct mapping map;      /* one of its frames' */
	bool by_map;             /* the call's arguments are to name it */
	struct frame known[KNOWN];
	uint32_t buffer[96];
};

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

static inline uint32_t luck_next(struct luck *l)
{
	l->state ^= l->state << 13;
	l->state ^= l->state >> 17;
	l->state ^= l->state << 5;
	return l->state;
}

static inline bool one_in(struct luck *l, uint32_t n)
{
	return luck_next(l) / 16 % n == 0;
}

static struct arena *arena(void)
{
	return (struct arena *)BANK_VA;
}

static uintptr_t stack_of(unsigned place)
{
	return BANK_VA + (1 + place) * PAGE_SIZE;
}

/* The call counts. */
#define MADE(l, call) (arena()->calls[(l)->place]++, (call))

/* ---- what it knows ---- */

/* Looks at its next frame. */
static void look(struct luck *l)
{
	struct frame f;

	l->cursor = MADE(l, frame_next(0, l->cursor));
	if (l->cursor < 0)
		l->cursor = 0;
	if (l->cursor <= 0 || MADE(l, frame_info(l->cursor, &f)) < 0)
		return;
	l->known[(luck_next(l) >> 4) % KNOWN] = f;
	if (f.maps && one_in(l, 2)) {
		l->map = (struct mapping){0};
		MADE(l, frame_maps(f.f_id, &l->map));
	}
}

/* A frame that it knows, of a kind in `kinds` (a bit each) if luck has it so. */
static struct frame *pick(struct luck *l, unsigned kinds)
{
	struct frame *f = &l->known[(luck_next(l) >> 4) % KNOWN];

	for (int n = 0; n < 2 * KNOWN && !(1u << f->kind & kinds); n++)
		f = &l->known[(luck_next(l) >> 4) % KNOWN];
	return f;
}

#define MEMORY (1u << FRAME_MEM)
#define TABLES (1u << FRAME_L1 | 1u << FRAME_L2)

/* One of MEM that holds `len` bytes, aligned to `align`. */
static struct frame *pick_room(struct luck *l, size_t len, size_t align)
{
	for (int n = 0; n < KNOWN; n++) {
		struct frame *f = pick(l, MEMORY);

		if (f->kind == FRAME_MEM && f->len >= len && !(f->pa & (align - 1)))
			return f;
	}
	return NULL;
}

/* ---- arguments ---- */

/* One of MEM, of just that length if there is one. */
static struct frame *pick_len(struct luck *l, size_t len)
{
	for (int n = 0; n < KNOWN; n++)
		if (l->known[n].kind == FRAME_MEM && l->known[n].len == len)
			return &l->known[n];
	return pick(l, MEMORY);
}

/* The frame that follows the last one, or any. */
static struct frame *pick_next(struct luck *l)
{
	for (int n = 0; n < KNOWN; n++)
		if (l->known[n].pa == l->f->pa + l->f->len)
			return &l->known[n];
	return pick(l, MEMORY);
}

static uint32_t arg_frame(struct luck *l, char c)
{
	if (l->by_map)
		return (uint32_t)(c == 't' ? l->map.t_id : l->map.f_id);
	switch (c) {
	case 't':
		l->table = pick(l, one_in(l, 4) ? 1u << FRAME_L1 : 1u << FRAME_L2);
		return (uint32_t)l->table->f_id;
	case '1':
		return (uint32_t)pick(l, 1u << FRAME_L1)->f_id;
	case 'j':
		return (uint32_t)pick_next(l)->f_id;
	case 'P':
		l->f = pick_len(l, PROC_SIZE);
		break;
	case '4':
		l->f = pick_len(l, PAGE_SIZE);
		break;
	case 'Q':
		l->f = one_in(l, 2) ? pick_len(l, PAGE_SIZE) : pick(l, TABLES | 1u << FRAME_RECORDS);
		break;
	case 'm':
		l->f = pick(l, l->table->kind == FRAME_L1 && !one_in(l, 4) ? 1u << FRAME_L2 : MEMORY);
		break;
	default:
		l->f = pick(l, c == 'M' ? MEMORY : MEMORY | 1u << FRAME_L2 | 1u << (luck_next(l) >> 4) % 8);
	}
	return (uint32_t)l->f->f_id;
}

static uint32_t arg_place(struct luck *l, char c)
{
	static const size_t sizes[] = {PAGE_SIZE, PROC_SIZE, L1_SIZE, 8 * PAGE_SIZE};
	uint32_t pages = l->f->len / PAGE_SIZE, n = luck_next(l) >> 4;
	bool big = l->table->kind == FRAME_L1;

	if (l->by_map && c != 'o')
		return c == 'a' ? l->map.at : n % 2 ? 0 : l->map.len;
	switch (c) {
	case 'a':
		return big ? n % 12 * SECTION_SIZE : n % (L2_SPAN / PAGE_SIZE) * PAGE_SIZE;
	case 'o':
		return n % 2 ? sizes[n / 2 % 4] : pages ? n / 2 % pages * PAGE_SIZE : 0;
	default:
		if (n % 2 == 0)
			return 0;
		return big ? SECTION_SIZE : n / 2 % 16 * PAGE_SIZE;
	}
}

/* What a frame can become. */
static uint32_t arg_kind(const struct luck *l)
{
	if (l->f->kind != FRAME_MEM)
		return FRAME_MEM;
	return l->f->len == L1_SIZE ? FRAME_L1 : FRAME_L2;
}

static uint32_t arg_flags(struct luck *l)
{
	uint32_t n = luck_next(l) >> 4;
	uint32_t form = l->f->kind == FRAME_L2 && l->table->kind == FRAME_L1 ? F_MAP_TABLE
			: l->table->kind == FRAME_L1                         ? F_MAP_SECTION
									     : F_MAP_PAGE;
	uint32_t rights = l->f->kind == FRAME_MEM ? n / 8 % 8 | F_MAP_READ : F_MAP_READ;

	return n % 8 == 0 ? luck_next(l) & 0x3ff : form | rights | (n % 8 < 3 ? n / 64 % 8 * F_MAP_UNCACHED : 0);
}

static uint32_t arg_pid(struct luck *l)
{
	uint32_t n = luck_next(l) >> 4;

	switch (n % 8) {
	case 0:
		return 0;
	case 1:
		return (uint32_t)arena()->keeper;
	case 2:
		return (uint32_t)thread_self();
	case 3:
		return (uint32_t)MADE(l, thread_next(0, thread_self()));
	case 4:
	case 5:
		return (uint32_t)l->born;
	default:
		return (uint32_t)arena()->pid[n / 8 % SLOTS];
	}
}

/* A pointer: to its buffer mostly, to what may be there, or to what is not; never to the bank's other pages. */
static uint32_t arg_pointer(struct luck *l)
{
	static const uint32_t odd[] = {0, 1, USER_START, USER_END - 4, USER_END, 0xfffffffc};
	uint32_t n = luck_next(l) >> 4;

	if (n % 8 == 0)
		return odd[n / 8 % 6];
	return n % 8 == 1 ? PLAY_VA + n / 8 % PLAY_LEN : (uint32_t)(uintptr_t)l->buffer;
}

void fuzz_begin(unsigned place);

static uint32_t arg_make(struct luck *l, char c)
{
	uint32_t n = luck_next(l);

	if (c != 'x' && c != 's' && n / 16 % 32 == 0)
		return one_in(l, 4) ? 0 : luck_next(l) | 0x1000; /* no small number: no server's id */
	switch (c) {
	case 't':
	case '1':
	case 'f':
	case 'm':
	case 'M':
	case 'P':
	case '4':
	case 'Q':
	case 'j':
		return arg_frame(l, c);
	case 'a':
	case 'o':
	case 'l':
		return arg_place(l, c);
	case 'g':
		return arg_flags(l);
	case 'p':
		return arg_pid(l);
	case 'x':
		return arg_pointer(l);
	case 'c':
		return n & 16 ? (uint32_t)(uintptr_t)fuzz_begin : PLAY_VA + n % PLAY_LEN;
	case 's':
		return PLAY_VA + n / 16 % PLAY_LEN;
	case 'K':
		return arg_kind(l);
	case 'k':
		return n / 16 % 8;
	case 'i':
		return n & 16 ? (uint32_t)arena()->irq : n / 32 % 64;
	case 'A':
		l->at = MADE(l, time_now()) + (int64_t)(n % 1000000);
		return (uint32_t)l->at;
	case 'H':
		return (uint32_t)(l->at >> 32);
	case 'T':
		return n & 16 ? 0 : n % 300000;
	case '0':
		return n / 16 % 32 ? 0 : 0xffffffff;
	default: /* 'n' */
		return n / 16 % 40;
	}
}

/* What each call takes, in its registers' order. */
static const char fuzz_args[CALL_LIMIT][13] = {
	[CALL_frame_split] = "Mo",
	[CALL_frame_merge] = "Mj",
	[CALL_frame_give] = "fp",
	[CALL_frame_allow] = "pk",
	[CALL_frame_donate] = "M",
	[CALL_frame_table] = "QK",
	[CALL_frame_map] = "tmaolg",
	[CALL_frame_unmap] = "tfal",
	[CALL_frame_protect] = "tfalk",
	[CALL_frame_batch] = "xk",
	[CALL_frame_cache] = "folk",
	[CALL_frame_count] = "p",
	[CALL_frame_next] = "pf",
	[CALL_frame_info] = "fx",
	[CALL_frame_maps] = "fx",
	[CALL_vspace_swap] = "p1",
	[CALL_vspace_root] = "p",
	[CALL_vspace_next] = "tax",
	[CALL_vspace_resolve] = "tax",
	[CALL_proc_new] = "P",
	[CALL_proc_start] = "pcsn",
	[CALL_proc_stop] = "p",
	[CALL_proc_resume] = "p",
	[CALL_proc_end] = "pn",
	[CALL_proc_exit] = "n",
	[CALL_proc_info] = "px",
	[CALL_proc_priority] = "pk",
	[CALL_proc_wait] = "pnT0x",
	[CALL_proc_reap] = "p",
	[CALL_proc_watch] = "pn",
	[CALL_proc_pager] = "pp",
	[CALL_thread_new] = "p4csn",
	[CALL_thread_park] = "T0",
	[CALL_thread_unpark] = "p",
	[CALL_thread_priority] = "pk",
	[CALL_thread_next] = "pp",
	[CALL_thread_regs] = "pxk",
	[CALL_thread_upcall] = "cx",
	[CALL_thread_return] = "x",
	[CALL_msg_call] = "pkfnnnnnnnT0",
	[CALL_msg_send] = "pkfnnnnnnnT0",
	[CALL_msg_recv] = "nnnnnnnnnnT0",
	[CALL_msg_reply] = "pkfnnnnnn",
	[CALL_msg_reply_recv] = "pkfnnnnnnnT0",
	[CALL_msg_notify] = "pn",
	[CALL_irq_allow] = "pi",
	[CALL_irq_bind] = "in",
	[CALL_irq_ack] = "i",
	[CALL_time_alarm] = "AHn",
};

/* ---- steps ---- */

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
