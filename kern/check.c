/* SPDX-License-Identifier: ISC
 * frame_check(): proves the rules over the books as they stand.  Linked into test builds only, in front of the call
 * table, of faults and of the way out by which interrupts and long operations end: after every call the objects that it named are
 * checked, and everything at intervals (of calls, faults, interrupts, ends) that grow with how much there is.  Reads, and panics with the rule that it found broken.  Not seen from here: rule 6 (TLBs) and rule 5 for
 * mappings made before a right was withdrawn. */
#include "kern.h"

#define FULL_SHARE 4 /* a full check every (records in use / this) calls */

extern const call_fn __real_call_table[];
void __real_fault_user(uint32_t address, uint32_t kind);
struct thread *__real_sched_leave(void);
void __wrap_fault_user(uint32_t address, uint32_t kind);
struct thread *__wrap_sched_leave(void);

static uint32_t covered[0x60000000u / PAGE_SIZE / 32 + 1]; /* pages of RAM that some frame covers */
static uint32_t frames_len, records_used, records_idle, credits_n, lists_n;

#define RULE(n, cond, a, b)                                                                                            \
	do {                                                                                                           \
		if (!(cond))                                                                                           \
			panic("rule " #n ": " #cond, (uint32_t)(a), (uint32_t)(b));                                    \
	} while (0)

/* ---- one mapping, one table, one frame ---- */

static void check_slot(const struct frame_rec *t, unsigned i)
{
	uint32_t s = table_shadow(t)[i];
	const struct map_rec *m = map_of(s);
	const void *table = phys_va(t->pa);
	uint32_t at = i << table_shift(t);

	if (!s) {
		RULE(4, !mmu_valid(table, t->kind, i), t->id, i);
		return;
	}
	RULE(4, m->id == 0 && m->tid == 0 && m->table == t, t->id, i);
	RULE(4, at >= m->at && at < m->at + m->len, t->id, i);
	if (!mmu_valid(table, t->kind, i))
		return;
	if (m->flags & F_MAP_TABLE) {
		RULE(4, mmu_target(table, t->kind, i) == m->frame->pa + (at - m->at) / SECTION_SIZE * (L2_SIZE / 4),
			t->id, i);
		return;
	}
	RULE(4, mmu_target(table, t->kind, i) == frame_pa(m->frame, m->offset + at - m->at), t->id, i);
	RULE(4, !(mmu_rights(table, t->kind, i) & ~m->flags), t->id, i);
}

static void check_map(const struct map_rec *m)
{
	const struct frame_rec *t = m->table, *f = m->frame;
	unsigned shift = table_shift(t), i = m->at >> shift, end = i + (m->len >> shift), live = 0;

	RULE(4, t->kind == FRAME_L1 || t->kind == FRAME_L2, t->id, t->kind);
	RULE(4,
		end <= table_slots(t) && (f->kind == FRAME_L2 || m->offset + m->len <= frame_visible(f) ||
						 !(m->flags & (F_MAP_PAGE | F_MAP_SECTION))),
		f->id, m->at);
	for (; i < end; i++)
		live += table_shadow(t)[i] == record_index(m);
	RULE(4, live == m->live && live > 0, m->live, live);
	RULE(3, !(m->flags & F_MAP_WRITE) || f->kind == FRAME_MEM || f->kind == FRAME_DEV, f->id, f->kind);
	RULE(3, f->kind != FRAME_THREAD && f->kind != FRAME_RECORDS, f->id, f->kind);
}

static void check_table(const struct frame_rec *t)
{
	uint32_t live = 0, used = 0;

	for (const struct link *l = t->inside.next; l != &t->inside; l = l->next) {
		const struct map_rec *m = container_of(l, struct map_rec, by_table);

		RULE(4, m->table == t && l->next->prev == l, t->id, m->at);
		live += m->live;
	}
	for (unsigned i = 0; i < table_slots(t); i++) {
		check_slot(t, i);
		used += table_shadow(t)[i] != 0;
	}
	RULE(4, used == live, used, live);
	if (t->kind == FRAME_L1 && t->root_of)
		RULE(2, t->root_of->root == t && t->root_of == t->owner, t->id, t->root_of->info.pid);
	if (t->kind == FRAME_L2 && t->stands)
		RULE(4, t->stands->frame == t && (t->stands->flags & F_MAP_TABLE), t->id, 0);
}

static void check_frame(const struct frame_rec *f)
{
	uint32_t maps = 0, writes = 0;

	RULE(7, f->id > 0 && frame_find(f->id) == f, f->id, id_index(f));
	RULE(7, f->kind == FRAME_DEV || id_index(f) == id_of_ram(f->pa), f->id, f->pa);
	RULE(5, work_busy() || !(f->flags & (FR_MARK | FR_BOTH)), f->id,
		f->flags); /* no swap has left it half looked at */
	RULE(1, f->len && !((f->pa | f->len) % PAGE_SIZE) && f->pa + f->len - 1 >= f->pa, f->pa, f->len);
	for (const struct link *l = f->maps.next; l != &f->maps; l = l->next) {
		const struct map_rec *m = container_of(l, struct map_rec, by_frame);

		RULE(4, m->frame == f && l->next->prev == l, f->id, m->at);
		check_map(m);
		maps++;
		writes += (m->flags & F_MAP_WRITE) != 0;
	}
	RULE(7, maps == f->maps_n && writes == f->write_maps_n, maps, f->maps_n);
	if (f->kind == FRAME_L1 || f->kind == FRAME_L2)
		check_table(f);
}

/* ---- everything ---- */

/* Marks [n, end) of one word of pages, none of which may be marked. */
static void cover_word(uint32_t n, uint32_t end, int f_id)
{
	uint32_t mask = (end - n == 32 ? ~0u : ((1u << (end - n)) - 1)) << n % 32;

	RULE(1, !(covered[n / 32] & mask), f_id, n);
	covered[n / 32] |= mask;
}

static void cover(const struct frame_rec *f)
{
	uint32_t n = (f->pa - machine.ram_pa) / PAGE_SIZE, end = n + f->len / PAGE_SIZE;

	while (n < end) {
		uint32_t word_end = (n | 31) + 1;

		if (word_end > end)
			word_end = end;
		cover_word(n, word_end, f->id);
		n = word_end;
	}
}

static bool listed(const struct link *l)
{
	return l->next && l->next->prev == l && l->prev->next == l;
}

/* Who is ready runs or has a turn, once; nobody else does.  Who is in a call is in its process's lists of those. */
static void check_thread(const struct thread *t)
{
	bool runs = cpu_here()->current == t, queued = t->turn.level >= 0;

	RULE(11, t->state != T_READY || runs != queued, t->id, queued);
	RULE(11, t->state == T_READY || !(runs || queued), t->id, t->state);
	RULE(11, !queued || (t->turn.level == t->priority && listed(&t->turn.queue)), t->id, t->turn.level);
	RULE(11, !(queued || t->state == T_SEND || t->state == T_REPLY) || listed(&t->active), t->id, t->state);
	RULE(11, t->state != T_HELD || t->proc->info.state != PROC_RUNNING, t->id, t->proc->info.state);
}

static void lent_count(struct lent *sum, const struct link *head)
{
	for (const struct link *l = head->next; l != head; l = l->next) {
		const struct thread *t = container_of(l, struct thread, queue);

		if (t->state != T_SEND && t->state != T_REPLY) /* a death */
			continue;
		sum->n[t->lends]++;
		sum->passed[t->lends] += t->lends > t->priority;
	}
}

/* What is lent to p is what those who wait for it lend, and p has a turn if there is something to do with it. */
static void check_lent(const struct proc *p)
{
	struct lent sum = {.top = -1};
	int wanted = lend_wanted(p);

	lent_count(&sum, &p->senders);
	lent_count(&sum, &p->callers);
	for (unsigned i = 0; i <= PRIORITY_MAX; i++) {
		RULE(11, sum.n[i] == p->lent.n[i] && sum.passed[i] == p->lent.passed[i], sum.n[i], p->lent.n[i]);
		RULE(11, !(p->lent.bits >> i & 1) == !sum.n[i], i, p->lent.bits);
		if (sum.n[i])
			sum.top = (int8_t)i;
	}
	RULE(11, sum.top == p->lent.top, sum.top, p->lent.top);
	RULE(11, p->turn.level == wanted || wanted < 0, p->turn.level, wanted);
	RULE(11, p->turn.level < 0 || wanted >= 0 || (current() && me() == p), p->info.pid, p->turn.level);
}

static void check_proc(const struct proc *p)
{
	uint32_t frames = 0, idle = 0, threads = 0;

	for (const struct link *l = p->records.next; l != &p->records; l = l->next, idle++) {
		const struct record *r = container_of(l, struct record, free);

		RULE(7, r->tid == RECORD_FREE && r->holder == p, record_index(r), r->tid);
	}
	for (const struct link *l = p->frames.next; l != &p->frames; l = l->next, frames++)
		RULE(1, container_of(l, struct frame_rec, owned)->owner == p, p->info.pid, frames);
	for (const struct link *l = p->threads.next; l != &p->threads; l = l->next, threads++) {
		const struct thread *t = container_of(l, struct thread, sibling);

		RULE(11, t->proc == p, p->info.pid, threads);
		check_thread(t);
	}
	check_lent(p);
	RULE(7, idle == (uint32_t)p->info.credits, idle, p->info.credits);
	RULE(1, frames == (uint32_t)p->info.frames, frames, p->info.frames);
	RULE(11, threads == (uint32_t)p->info.threads, threads, p->info.threads);
	credits_n += idle;
	lists_n += frames;
}

static uint32_t frames_n;

static void check_page(struct record *head)
{
	for (uint32_t i = 1; i < RECORD_PER_PAGE; i++) {
		struct record *r = head + i;
		const struct frame_rec *f = record_frame(r);

		records_idle += r->tid == RECORD_FREE;
		records_used += r->tid != RECORD_FREE;
		RULE(7, r->tid != RECORD_GONE, record_index(r), 0);
		if (r->tid == RECORD_FREE || f->id <= 0)
			continue;
		check_frame(f);
		frames_n++;
		if (f->kind != FRAME_DEV) {
			frames_len += f->len;
			cover(f);
		}
		if (f->kind == FRAME_PROC)
			check_proc(proc_of_frame(f));
	}
}

/* Rule 1: what frames cover in all never changes.  Remembered from the first time. */
static uint32_t total_len;

void frame_check(void)
{
	lent_settle();
	for (uint32_t i = 0; i <= machine.ram_len / PAGE_SIZE / 32; i++)
		covered[i] = 0;
	frames_len = records_used = records_idle = credits_n = lists_n = frames_n = 0;
	record_pages(check_page);
	if (!total_len)
		total_len = frames_len;
	RULE(1, frames_len == total_len, frames_len, total_len);
	RULE(1, lists_n == frames_n, lists_n, frames_n);
	RULE(7, credits_n == records_idle, credits_n, records_idle);
}

/* ---- after every call ---- */

static uint32_t calls_left;

static void check_named(uint32_t id)
{
	const struct frame_rec *f = id ? frame_find((int)id) : NULL;

	if (f)
		check_frame(f);
}

static void check_after(uint32_t a, uint32_t b)
{
	lent_settle();
	if (work_busy())
		return;
	if (calls_left--) {
		check_named(a);
		check_named(b);
		return;
	}
	frame_check();
	calls_left = records_used / FULL_SHARE;
}

void __wrap_fault_user(uint32_t address, uint32_t kind)
{
	__real_fault_user(address, kind);
	check_after(0, 0);
}

struct thread *__wrap_sched_leave(void)
{
	struct thread *t = __real_sched_leave();

	check_after(0, 0);
	return t;
}

#define X(name, number, stub, book, text)                                                                              \
	static int check_##name(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)                \
	{                                                                                                              \
		int result = __real_call_table[number](a, b, c, d, e, f);                                              \
		check_after(a, b);                                                                                     \
		return result;                                                                                         \
	}
#include "call.def"
#undef X

extern const call_fn __wrap_call_table[];

const call_fn __wrap_call_table[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = check_##name,
#include "call.def"
#undef X
};
