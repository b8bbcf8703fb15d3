/* SPDX-License-Identifier: ISC
 * What fuzz_many's processes make their calls with: what a thread knows of its frames, and for each call arguments that
 * are random or nearly right.  Uses no globals and no heap. */
#ifndef FUZZ_LUCK_H
#define FUZZ_LUCK_H

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

#endif
