// sources: tests/host/model/machine.c tests/host/model/mmu.c kern/allow.c kern/batch.c kern/call.c kern/check.c kern/fault.c kern/frame.c kern/irq.c kern/look.c kern/main.c kern/map.c kern/msg.c kern/proc.c kern/proc_end.c kern/record.c kern/sched.c kern/table.c kern/thread.c kern/time.c kern/unmap.c kern/vspace.c kern/work.c -Wl,--defsym=__real_call_table=call_table
/* SPDX-License-Identifier: ISC
 * Claim: however a process changes its own and its stopped children's memory by random calls, with long operations preempted
 * at random, frame_check finds the rules kept, and no TLB can hold a translation that the tables do not grant once a call
 * has returned; with a walk that sees the data cache, and with one that does not.
 * It cannot show what running children or a second CPU would see. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "model/model.h"

#define CALLS       80000
#define OBJECTS     64
#define CHILDREN    6
#define TABLES      4
#define CHECK_EVERY 32

static int objects[OBJECTS], l1s[TABLES], l2s[2 * TABLES], children[CHILDREN];
static unsigned long refused, done, starved;

#define CALL(name, ...) call(CALL_##name, (uint32_t[6]){__VA_ARGS__})

static int call(int number, const uint32_t *a)
{
	int r = model_call(number, a[0], a[1], a[2], a[3], a[4], a[5]);

	if (r < 0)
		refused++;
	else
		done++;
	return r;
}

static uint32_t pick(uint32_t n)
{
	return model_random() % n;
}

static uint32_t any_object(void)
{
	if (pick(12) == 0)
		return (uint32_t)objects[0]; /* the one with sections */
	return pick(24) ? (uint32_t)objects[pick(OBJECTS)] : model_random();
}

static uint32_t any_table(unsigned flags)
{
	if (pick(6) == 0)
		return any_object();
	return (uint32_t)(flags & F_MAP_PAGE ? l2s[pick(2 * TABLES)] : l1s[pick(TABLES)]);
}

static uint32_t any_offset(void)
{
	switch (pick(6)) {
	case 0:
		return 0;
	case 1:
		return pick(8) * PAGE_SIZE;
	case 2:
		return pick(512) * PAGE_SIZE;
	case 3:
		return pick(16) * SECTION_SIZE;
	case 4:
		return pick(8) * L2_SPAN;
	default:
		return model_random();
	}
}

static unsigned any_flags(void)
{
	static const unsigned flags[] = {F_MAP_PAGE | F_MAP_READ, F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE,
		F_MAP_PAGE | F_MAP_READ | F_MAP_EXEC, F_MAP_SECTION | F_MAP_READ | F_MAP_WRITE, F_MAP_TABLE,
		F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE | F_MAP_KEEP, F_MAP_TABLE | F_MAP_KEEP,
		F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE | F_MAP_REPLACE, F_MAP_TABLE | F_MAP_REPLACE,
		F_MAP_SECTION | F_MAP_READ | F_MAP_REPLACE, F_MAP_PAGE | F_MAP_READ | F_MAP_UNCACHED};

	return pick(30) ? flags[pick(sizeof flags / sizeof *flags)] : model_random();
}

/* ---- stock ---- */

static int big; /* what is left of memory */

/* A piece of `len` bytes, aligned to it. */
static int piece(uint32_t len)
{
	struct frame *f = (struct frame *)(void *)model_user;
	uint32_t at = (uint32_t)(uintptr_t)model_user, low;
	int cut;

	if (CALL(frame_info, (uint32_t)big, at) < 0)
		return 0;
	low = -(uint32_t)f->pa & (len - 1);
	if (low) {
		cut = CALL(frame_split, (uint32_t)big, low);
		if (cut < 0)
			return 0;
		big = cut;
	}
	cut = CALL(frame_split, (uint32_t)big, len);
	if (cut < 0)
		return 0;
	low = (uint32_t)big;
	big = cut;
	return (int)low;
}

static void stock_start(void)
{
	struct frame *f = (struct frame *)(void *)model_user;
	uint32_t at = (uint32_t)(uintptr_t)model_user, most = 0;

	for (int id = CALL(frame_next, 0, 0); id > 0; id = CALL(frame_next, 0, (uint32_t)id)) {
		CALL(frame_info, (uint32_t)id, at);
		if (f->kind == FRAME_MEM && f->len > most) {
			most = f->len;
			big = id;
		}
	}
	for (unsigned i = 0; i < OBJECTS; i++) {
		static const uint32_t lens[] = {PAGE_SIZE, 4 * PAGE_SIZE, PROC_SIZE, L1_SIZE, 0x10000};

		objects[i] = piece(lens[i % 5]);
	}
	objects[0] = piece(2 * SECTION_SIZE);
}

/* Tables that were lost or turned into something else are made anew. */
static void stock_tables(void)
{
	struct frame *f = (struct frame *)(void *)model_user;
	uint32_t at = (uint32_t)(uintptr_t)model_user;

	for (unsigned i = 0; i < 3 * TABLES; i++) {
		int *t = i < TABLES ? &l1s[i] : &l2s[i - TABLES], kind = i < TABLES ? FRAME_L1 : FRAME_L2;

		if (*t && CALL(frame_info, (uint32_t)*t, at) == 0 && f->kind == kind)
			continue;
		*t = piece(kind == FRAME_L1 ? L1_SIZE : L2_SIZE);
		CALL(frame_table, (uint32_t)*t, (uint32_t)kind);
		objects[pick(OBJECTS)] = *t;
	}
}

/* Uses identifiers up: one L1 lives again and again for a moment, under a new one each time. */
static void churn_root(void)
{
	static int l1;
	int old;

	if (!l1)
		l1 = piece(L1_SIZE);
	if (CALL(frame_table, (uint32_t)l1, FRAME_L1) < 0)
		return;
	CALL(frame_map, (uint32_t)l1, (uint32_t)objects[0], 0, 0, SECTION_SIZE, F_MAP_SECTION | F_MAP_READ);
	old = CALL(vspace_swap, 0, (uint32_t)l1);
	model_prove();
	CALL(vspace_swap, 0, old > 0 ? (uint32_t)old : 0);
	CALL(frame_unmap, (uint32_t)l1, 0, 0, SECTION_SIZE);
	CALL(frame_table, (uint32_t)l1, FRAME_MEM);
}

/* ---- what the contract says of a call that succeeded, looked up in the kernel's own books ---- */

/* frame_give: afterwards it is mapped only in the receiver's tables; a table was empty and stood nowhere. */
static void prove_given(int f_id, const struct proc *to)
{
	const struct frame_rec *f = frame_find(f_id);

	if (f->owner != to)
		model_fail("frame_give: not the receiver's", (uint32_t)f_id, 0);
	for (const struct link *l = f->maps.next; l != &f->maps; l = l->next)
		if (container_of(l, struct map_rec, by_frame)->table->owner != to)
			model_fail("frame_give: still mapped elsewhere", (uint32_t)f_id, 0);
	if ((f->kind == FRAME_L1 || f->kind == FRAME_L2) && !list_empty(&f->inside))
		model_fail("frame_give: a table in use", (uint32_t)f_id, 0);
	if ((f->kind == FRAME_L1 || f->kind == FRAME_L2) && f->root_of)
		model_fail("frame_give: a table that stands somewhere", (uint32_t)f_id, 0);
}

#define MOVERS 512

static const struct frame_rec *movers[MOVERS];
static unsigned movers_n;

/* The frames of `from` in a tree that is about to change sides. */
static void note_movers(const struct frame_rec *t, const struct proc *from)
{
	for (const struct link *l = t->inside.next; l != &t->inside; l = l->next) {
		const struct map_rec *m = container_of(l, struct map_rec, by_table);

		if (m->frame->owner == from && movers_n < MOVERS)
			movers[movers_n++] = m->frame;
		if (m->flags & F_MAP_TABLE)
			note_movers(m->frame, from);
	}
}

/* Rule 5 for all mappings of those that did. */
static void prove_movers(const struct proc *from)
{
	for (unsigned i = 0; i < movers_n; i++)
		for (const struct link *l = movers[i]->maps.next; movers[i]->owner != from && l != &movers[i]->maps;
			l = l->next)
			if (!map_allowed(container_of(l, struct map_rec, by_frame)))
				model_fail("vspace_swap: rule 5 for another mapping", (uint32_t)movers[i]->id, 0);
}

/* vspace_swap with a child: what was the giver's in this tree is the taker's, but for F_MAP_KEEP (and, in an
 * old tree, what was mapped in the new one too, unless `all`); rule 5 holds. */
static void prove_tree(const struct frame_rec *t, const struct proc *from, bool all)
{
	for (const struct link *l = t->inside.next; l != &t->inside; l = l->next) {
		const struct map_rec *m = container_of(l, struct map_rec, by_table);

		if (!map_allowed(m))
			model_fail("vspace_swap: rule 5", (uint32_t)m->frame->id, m->at);
		if (all && m->frame->owner == from && !(m->flags & F_MAP_KEEP) && m->frame->kind != FRAME_PROC)
			model_fail("vspace_swap: a frame was left behind", (uint32_t)m->frame->id, m->at);
		if ((m->flags & F_MAP_TABLE) && m->frame->owner == t->owner && !(m->flags & F_MAP_KEEP))
			prove_tree(m->frame, from, all);
	}
}

/* ---- one random call ---- */

static void change_mapping(void)
{
	unsigned flags = any_flags();

	if (pick(3))
		CALL(frame_map, any_table(flags), flags & F_MAP_TABLE ? (uint32_t)l2s[pick(2 * TABLES)] : any_object(),
			any_offset(), pick(2) ? 0 : any_offset(), pick(2) ? 0 : any_offset(), flags);
	else if (pick(3))
		CALL(frame_unmap, pick(5) ? any_table(pick(2) ? F_MAP_PAGE : 0) : 0, pick(3) ? any_object() : 0,
			any_offset(), pick(2) ? 0 : any_offset());
	else if (pick(2))
		CALL(frame_protect, (uint32_t)l2s[pick(2 * TABLES)], 0, pick(16) * PAGE_SIZE, PAGE_SIZE, pick(2));
	else
		CALL(frame_protect, any_table(pick(2) ? F_MAP_PAGE : 0), pick(3) ? any_object() : 0, any_offset(),
			pick(2) ? 0 : any_offset(), pick(8));
}

static void change_batch(void)
{
	static const int calls[] = {CALL_frame_split, CALL_frame_merge, CALL_frame_give, CALL_frame_table,
		CALL_frame_map, CALL_frame_unmap, CALL_frame_protect, CALL_frame_donate};
	struct frame_op *ops = (struct frame_op *)(void *)(model_user + 0x1000);
	uint32_t n = pick(12);

	for (uint32_t i = 0; i < n; i++) {
		unsigned flags = any_flags();

		ops[i].call = calls[pick(8)];
		ops[i].arg[0] = any_table(flags);
		ops[i].arg[1] = pick(2) ? any_object() : 0;
		ops[i].arg[2] = any_offset();
		ops[i].arg[3] = pick(2) ? 0 : any_offset();
		ops[i].arg[4] = pick(2) ? 0 : any_offset();
		ops[i].arg[5] = flags;
	}
	CALL(frame_batch, (uint32_t)(uintptr_t)ops, n);
}

static void change_frame(void)
{
	int r, given;

	switch (pick(5)) {
	case 0:
		r = CALL(frame_split, any_object(), (1 + pick(4)) * PAGE_SIZE);
		if (r > 0)
			objects[pick(OBJECTS)] = r;
		break;
	case 1:
		CALL(frame_merge, any_object(), any_object());
		break;
	case 2:
		CALL(frame_table, any_object(), pick(9));
		break;
	case 3:
		given = (int)any_object();
		r = children[pick(CHILDREN)];
		if (r && CALL(frame_give, (uint32_t)given, (uint32_t)r) == 0)
			prove_given(given, proc_find(r));
		break;
	default:
		r = piece(PAGE_SIZE << pick(4));
		if (r)
			objects[pick(OBJECTS)] = r;
	}
}

static void change_proc(void)
{
	uint32_t child = (uint32_t)children[pick(CHILDREN)], l1;
	bool swaps_children;
	int r;

	switch (pick(7)) {
	case 0:
		r = CALL(proc_new, any_object());
		if (r > 0)
			children[pick(CHILDREN)] = r;
		break;
	case 1:
	case 2:
		l1 = pick(6) ? (uint32_t)l1s[pick(TABLES)] : 0;
		swaps_children = pick(3) && child;
		movers_n = 0;
		if (swaps_children && l1 && frame_find((int)l1) && frame_find((int)l1)->kind == FRAME_L1)
			note_movers(frame_find((int)l1), first_proc);
		r = CALL(vspace_swap, swaps_children ? child : 0, l1);
		if (r >= 0 && swaps_children)
			prove_movers(first_proc);
		if (r >= 0 && swaps_children && l1)
			prove_tree(frame_find((int)l1), first_proc, true);
		if (r > 0 && swaps_children)
			prove_tree(frame_find(r), proc_find((int)child), l1 == 0);
		break;
	case 3:
		CALL(proc_end, child ? child : ~0u, 1);
		break;
	case 4:
		CALL(proc_reap, child);
		break;
	case 5:
		CALL(frame_allow, pick(2) ? child : 0, pick(8));
		break;
	default:
		CALL(proc_pager, child ? child : ~0u, (uint32_t)children[pick(CHILDREN)]);
	}
}

/* Without credits every call must say so, and change nothing: one page is mapped until there are none. */
static void starve(void)
{
	static int page;
	struct frame *f = (struct frame *)(void *)model_user;
	int r = 0;

	if (CALL(frame_info, (uint32_t)page, (uint32_t)(uintptr_t)f) < 0 || f->kind != FRAME_MEM)
		page = piece(PAGE_SIZE);
	stock_tables();
	for (unsigned i = 0; r != ERR_RECORDS && i < 2 * TABLES * 512; i++)
		r = CALL(frame_map, (uint32_t)l2s[i / 512], (uint32_t)page, i % 512 * PAGE_SIZE, 0, 0,
			F_MAP_PAGE | F_MAP_READ);
	starved += r == ERR_RECORDS;
	for (unsigned i = 0; i < 300; i++) {
		if (pick(2))
			change_mapping();
		else
			change_batch();
		model_prove();
	}
	frame_check();
	CALL(frame_unmap, 0, (uint32_t)page, 0, 0);
}

/* Sections of the large frame, and its pages, at places that fit or nearly do. */
static void change_large(void)
{
	struct frame *f = (struct frame *)(void *)model_user;
	uint32_t n = 1 + pick(2);

	if (CALL(frame_info, (uint32_t)objects[0], (uint32_t)(uintptr_t)model_user) < 0 || f->len != 2 * SECTION_SIZE ||
		f->kind != FRAME_MEM) {
		int fresh = piece(2 * SECTION_SIZE);

		if (fresh)
			objects[0] = fresh;
		return;
	}
	if (pick(3) == 0)
		CALL(frame_map, (uint32_t)l2s[pick(2 * TABLES)], (uint32_t)objects[0], pick(512) * PAGE_SIZE, 0, 0,
			F_MAP_PAGE | F_MAP_READ);
	else if (pick(2))
		CALL(frame_map, (uint32_t)l1s[pick(TABLES)], (uint32_t)objects[0], (8 + pick(6)) * SECTION_SIZE, 0,
			n * SECTION_SIZE, F_MAP_SECTION | F_MAP_READ | F_MAP_WRITE);
	else
		CALL(frame_unmap, (uint32_t)l1s[pick(TABLES)], 0, (8 + pick(6)) * SECTION_SIZE, n * SECTION_SIZE);
}

/* Two pages that were mapped cached or uncached each, joined, and used in any way: no line of the other sort may be left. */
static void change_sort(void)
{
	struct frame *f = (struct frame *)(void *)model_user;
	uint32_t l2 = (uint32_t)l2s[pick(2 * TABLES)], rw = F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE;
	static int pair;
	int half[2];

	if (CALL(frame_info, (uint32_t)pair, (uint32_t)(uintptr_t)f) < 0 || f->kind != FRAME_MEM ||
		f->len != 2 * PAGE_SIZE)
		pair = piece(2 * PAGE_SIZE);
	CALL(frame_unmap, 0, (uint32_t)pair, 0, 0);
	half[0] = pair;
	half[1] = CALL(frame_split, (uint32_t)pair, PAGE_SIZE);
	for (int i = 0; i < 2; i++) {
		CALL(frame_map, l2, (uint32_t)half[i], 500 * PAGE_SIZE, 0, 0, rw | (pick(2) ? F_MAP_UNCACHED : 0));
		CALL(frame_unmap, 0, (uint32_t)half[i], 0, 0);
	}
	CALL(frame_merge, (uint32_t)half[0], (uint32_t)half[1]);
	switch (pick(4)) {
	case 0:
		if (CALL(frame_donate, (uint32_t)pair) > 0)
			CALL(frame_table, (uint32_t)pair, FRAME_MEM);
		break;
	case 1:
		half[0] = CALL(proc_new, (uint32_t)pair);
		CALL(proc_end, (uint32_t)half[0], 0);
		CALL(proc_reap, (uint32_t)half[0]);
		break;
	default:
		CALL(frame_map, l2, (uint32_t)pair, 500 * PAGE_SIZE, 0, 0, rw | (pick(2) ? F_MAP_UNCACHED : 0));
	}
}

/* A child does something of its own: its first thread calls in the caller's place, and is not preempted. */
static void child_acts(void)
{
	struct proc *p = proc_find(children[pick(CHILDREN)]);
	struct thread *mine = host_cpu.current;
	unsigned rate = model_irq_rate;

	if (!p || p == first_proc || !proc_live(p))
		return;
	model_irq_rate = 0;
	host_cpu.current = &p->first;
	p->first.state = T_READY;
	if (pick(3))
		change_mapping();
	else
		CALL(frame_allow, pick(2) ? (uint32_t)first_proc->info.pid : 0, pick(8));
	p->first.state = T_INACTIVE;
	host_cpu.current = mine;
	host_cpu.resched = 0;
	model_irq_rate = rate;
}

static int program(bool coherent)
{
	model_seed(coherent ? 3 : 4);
	model_boot(coherent);
	model_irq_rate = 3;
	stock_start();
	for (unsigned long i = 0; i < CALLS; i++) {
		if (i % 64 == 0) {
			stock_tables();
			change_sort();
			churn_root();
			if (!first_proc->root) /* else there is nothing for a TLB to hold */
				CALL(vspace_swap, 0, (uint32_t)l1s[pick(TABLES)]);
		}
		if (i % 8192 == 8191)
			starve();
		switch (pick(8)) {
		case 0:
			change_frame();
			break;
		case 1:
			change_batch();
			break;
		case 2:
			change_proc();
			break;
		case 3:
			change_large();
			break;
		case 4:
			child_acts();
			break;
		default:
			change_mapping();
		}
		model_prove();
		if (i % CHECK_EVERY == 0)
			frame_check();
	}
	printf("%lu calls done, %lu refused, %lu translations checked, %lu invalidations, %lu times no credits\n", done,
		refused, model_checked, model_rounds, starved);
	fflush(stdout);
	return done > CALLS / 8 && model_checked > CALLS && model_rounds > 500 && starved > 2 ? 0 : 1;
}

int main(void)
{
	int status, bad = 0;

	for (int coherent = 0; coherent < 2; coherent++) {
		pid_t pid = fork();

		if (pid == 0)
			_exit(program(coherent));
		waitpid(pid, &status, 0);
		bad |= status;
	}
	return bad != 0;
}
