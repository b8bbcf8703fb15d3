/* SPDX-License-Identifier: ISC
 * Runs the kernel and the reference model side by side.  Every dispatch of a call in the kernel comes past call_seen,
 * after which the reference makes the same call; when a thread is back in user mode its registers, and everything in
 * the books, must be what the reference says. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "world.h"

bool world_trace, world_thorough;
unsigned long world_looks, world_looks_between, world_calls, world_switches, world_blocked, world_refused,
	world_made[64], world_done[64];

static const char *const call_names[] = {
#define X(name, number, stub, book, text) [number] = #name,
#include "call.def"
#undef X
};

#define LOOKS_0 false
#define LOOKS_1 false
#define LOOKS_2 true

static const bool looks[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = LOOKS_##book,
#include "call.def"
#undef X
};

static jmp_buf over;

static jmp_buf *trial; /* where to go on if the reference differs: it may */

void world_differs(const char *what, int64_t want, int64_t got)
{
	if (trial)
		longjmp(*trial, 1);
	fprintf(stderr, "the reference model differs: %s: it says %lld (0x%llx), the kernel %lld (0x%llx)\n", what,
		(long long)want, (long long)want, (long long)got, (long long)got);
	model_fail(what, (uint32_t)want, (uint32_t)got);
}

/* ---- what the reference asks of the kernel ---- */

static int found;
static uint32_t sought;

static void page_search(struct record *head)
{
	for (unsigned i = 1; i < RECORD_PER_PAGE; i++) {
		const struct frame_rec *f = record_frame(head + i);

		if (head[i].tid != RECORD_FREE && f->id > 0 && f->pa == sought)
			found = f->id;
	}
}

int world_new_frame(uint32_t pa)
{
	found = 0;
	sought = pa;
	record_pages(page_search);
	return found;
}

int world_new_thread(uint32_t pa)
{
	const struct frame_rec *f = frame_find(world_new_frame(pa));

	return f ? f->tid : 0;
}

uint32_t world_new_call(int tid)
{
	return thread_find(tid)->call;
}

int world_timer(int tid, int alarm)
{
	const struct thread *k = thread_find(tid);
	const struct timer *t;

	if (!k)
		return 0;
	t = alarm < 0 ? &k->timer : &k->proc->alarms[alarm];
	return t->armed ? -1 - t->level : t->level;
}

uint32_t *world_word(uint32_t pa)
{
	return model_memory(pa);
}

void world_zero(uint32_t pa, uint32_t len)
{
	const uint32_t *word = model_memory(pa);

	for (uint32_t i = 0; i < len / 4; i++)
		if (word[i])
			world_differs("memory that must be clear", 0, word[i]);
}

unsigned long world_given_up;

void world_gives_up(void)
{
	if (trial)
		longjmp(*trial, 1);
	world_given_up++;
	longjmp(over, 1);
}

static int kernel_result;

int world_result(void)
{
	return kernel_result;
}

/* ---- calls as the kernel dispatches them ---- */

static struct ref_thread *unfinished; /* its call is a long operation that was preempted */
static int unfinished_number;

/* What a give has taken out of tables is gone for all, even if the give itself is yet to come. */
static void clean_settle(void)
{
	struct ref_proc *to = clean_for ? ref_proc_find(clean_for->info.pid) : NULL;

	struct ref_frame *f = clean_frame ? ref_frame_find(clean_frame->id) : NULL;

	if (f && to)
		ref_clean(f, to);
}

/* Who sent a frame that cannot go is told so before its receiver looks for another message, which may have to wait. */
static void refused_settle(void)
{
	for (int i = 0; i < REF_THREADS; i++) {
		struct ref_thread *t = &ref.thread[i];
		const struct thread *k = t->used ? thread_find(t->id) : NULL;
		int err;

		if (!k || t->state != REF_SEND || t->fault || (k->state != T_READY && k->state != T_HELD))
			continue;
		err = (int)k->r[0];
		if (err == ERR_FRAME || err == ERR_KIND || err == ERR_BUSY || err == ERR_RECORDS) {
			SAME("why a message's frame cannot go", ref_refusal(t), err);
			ref_wake(t, err);
		}
	}
}

/* The reference makes the call of t, or as much of a batch as the kernel has done. */
static void call_follow(struct ref_thread *t, int number, bool on)
{
	const struct thread *k = thread_find(t->id);

	ref.now = t;
	ref.batch_stop = k && number == CALL_frame_batch && on ? k->batch_done * 4 + k->batch_state : ~0u;
	ref_call(number);
}

/* What a call began is only the beginning: but an answer that has ended a process, after which its caller receives. */
static void begun_settle(struct ref_thread *t, const struct thread *k)
{
	if (unfinished_number == CALL_msg_reply_recv && t->call[0] && k->r[0] == 0)
		ref_reply_end(t);
}

static void call_settle(void)
{
	struct ref_thread *t = unfinished, *ran = ref.now;
	const struct thread *k;

	if (work_busy())
		return;
	clean_settle();
	refused_settle();
	if (!t)
		return;
	k = thread_find(t->id);
	unfinished = NULL;
	if (k && (k->flags & TF_CALL) && unfinished_number != CALL_frame_batch) {
		begun_settle(t, k);
		t->redo = true;
		return;
	}
	kernel_result = k ? (int)k->r[0] : 0;
	call_follow(t, unfinished_number, true);
	ref.now = ran; /* it need not have run to have it finished */
}

/* Donations that are under way have come so far: a page at a time, between which others' calls come in. */
static void donate_settle(void)
{
	for (int i = 0; i < ref.frames_n; i++) {
		struct ref_frame *f = &ref.frame[i];
		const struct frame_rec *k;

		if (!f->used || f->kind != FRAME_RECORDS || f->filled == f->len)
			continue;
		k = frame_find(f->id);
		if (!k || k->kind != FRAME_RECORDS || k->filled < f->filled)
			world_differs("room for records that is not so far", f->filled, f->id);
		ref_donate_to(f, k->filled);
	}
}

static void time_settle(void)
{
	ref_time(model_time);
}

/* The timer's line comes before: what was due has been told. */
static void line_claimed(int line)
{
	time_settle();
	ref_irq(line);
}

static void trace_call(const struct ref_thread *t, int number)
{
	if (!world_trace)
		return;
	fprintf(stderr, "%d of %d on cpu %d: %s(", t->id, t->proc->pid, model_cpu, call_names[number]);
	for (int i = 0; i < 6; i++)
		fprintf(stderr, i ? ", 0x%x" : "0x%x", t->call[i]);
	fprintf(stderr, ")\n");
}

void world_did(const uint32_t *op, int result)
{
	if (world_trace)
		fprintf(stderr, "    %s(0x%x, 0x%x, 0x%x, 0x%x, 0x%x, 0x%x) = %d\n",
			op[0] < CALL_LIMIT ? call_names[op[0]] : "?", op[1], op[2], op[3], op[4], op[5], op[6], result);
}

/* In pieces of long operations it is no call's own. */
static void maintained(pa_t pa, uint32_t len, int op)
{
	const struct thread *k = cpu_here()->current;

	if (k && k->r[12] == CALL_frame_cache && !work_busy())
		ref_maintained(ref_thread_find(k->id), pa, len, op);
}

/* The process whose end is under way: dead for the kernel, and not yet for the reference, which sees ends at once.  NULL: none. */
static const struct ref_proc *ending(void)
{
	for (int i = 0; work_busy() && i < REF_PROCS; i++) {
		const struct proc *k = ref.proc[i].used ? proc_find(ref.proc[i].pid) : NULL;

		if (k && k->info.state == PROC_ENDED && ref.proc[i].state != PROC_ENDED)
			return &ref.proc[i];
	}
	return NULL;
}

/* Who waits for it may be told before the end is complete, or when it is: by the call's answer, … */
static bool told_early(const struct ref_thread *t, const struct thread *k)
{
	const struct ref_proc *p = ending();

	if (!p || t->state == REF_RUNNABLE)
		return false;
	return t->state == REF_RECV || (t->peer == p && (int)k->r[0] == ERR_DEAD);
}

/* … or by that of a call to it. */
static bool answered_early(const struct ref_thread *t, int number, int result)
{
	const struct ref_proc *p = ending();

	return p && result == ERR_DEAD && p == ref_proc_find((int)t->call[0]) &&
	       (number == CALL_msg_call || number == CALL_msg_send || number == CALL_msg_notify);
}

/* A batch may take away and clear the very memory that it stands in; the reference reads it later than the kernel. */
static const struct ref_thread *batch_of;
static uint32_t batch_at, batch_n, batch_pa[BATCH_MAX * sizeof(struct frame_op) / 4],
	batch_words[BATCH_MAX * sizeof(struct frame_op) / 4];

static void batch_look(const struct ref_thread *t, uint32_t at, uint32_t n)
{
	uint32_t pa, words = n > BATCH_MAX ? 0 : n * (uint32_t)sizeof(struct frame_op) / 4;

	batch_of = t;
	batch_at = at;
	for (batch_n = 0; batch_n < words && ref_access(t->proc, at + batch_n * 4, F_MAP_READ, &pa); batch_n++) {
		batch_pa[batch_n] = pa;
		batch_words[batch_n] = *world_word(pa);
	}
}

uint32_t world_batch_word(uint32_t va)
{
	uint32_t i = (va - batch_at) / 4, pa;

	if (ref.now == batch_of && va >= batch_at && i < batch_n && ref_access(ref.now->proc, va, F_MAP_READ, &pa) &&
		pa == batch_pa[i])
		return batch_words[i];
	return *ref_user_word(va);
}

/* A look between two pieces of an operation sees what was before it, or what will be after it, … */
static bool look_fits(struct ref_thread *t, int number, int result, bool after)
{
	uint32_t want[sizeof t->want / sizeof *t->want];
	jmp_buf differs;
	bool volatile fits = false;
	int want_n;

	ref_save();
	trial = &differs;
	if (!setjmp(differs)) {
		if (after && unfinished)
			call_follow(unfinished, unfinished_number, true);
		call_follow(t, number, false);
		fits = t->want_n && t->want[0] == (uint32_t)result;
	}
	trial = NULL;
	want_n = fits ? t->want_n : 0;
	memcpy(want, t->want, sizeof want);
	ref_restore();
	ref.now = t;
	memcpy(t->want, want, sizeof want);
	t->want_n = want_n;
	return fits;
}

/* … or something in between, which nobody but the kernel can say: that it answers at all is what is left to judge. */
static void look_follow(struct ref_thread *t, int number, int result)
{
	uint32_t pa, inout = t->call[1];

	world_looks++;
	if (!look_fits(t, number, result, false) && !look_fits(t, number, result, true)) {
		world_looks_between++;
		t->want[0] = (uint32_t)result;
		t->want_n = 1;
	}
	if (number != CALL_frame_maps || result != 1)
		return;
	ref.now = t;
	if (!ref_access(t->proc, inout, F_MAP_READ, &pa) || !ref_access(t->proc, inout + 24, F_MAP_READ, &pa))
		world_gives_up();
	ref_maps_shown(inout);
}

/* A donation gives way to others. */
static void donate_pauses(struct ref_thread *t, const struct thread *k)
{
	if (!t->donated) {
		ref.now = t;
		t->donated = ref_donate_begin((int)t->call[0]);
		ref_frame_find((int)t->call[0])->donor_priority = t->priority;
	}
	SAME("what a donation will return", t->donated, k->progress);
	donate_settle();
}

static int call_seen(int number, call_fn real, const uint32_t *a)
{
	struct thread *k = cpu_here()->current;
	struct ref_thread *t;
	bool was_busy, resumes;
	int result;

	if ((int)k->r[12] != number) /* an operation of a batch */
		return real(a[0], a[1], a[2], a[3], a[4], a[5]);
	if (unfinished && unfinished->id == k->id && number != CALL_frame_batch) {
		if (!work_busy())
			begun_settle(unfinished, k);
		unfinished = NULL;
	}
	call_settle();
	donate_settle();
	time_settle();
	t = ref_thread_find(k->id);
	if (!t)
		world_differs("a thread that should not be", 0, k->id);
	memcpy(t->call, k->r, sizeof t->call);
	trace_call(t, number);
	ref_area_look(t);
	if (number == CALL_frame_maps)
		ref_maps_look(t);
	if (number == CALL_frame_batch)
		batch_look(t, a[0], a[1]);
	if (!t->redo)
		t->cache_len = 0, t->donated = 0;
	was_busy = work_busy();
	result = real(a[0], a[1], a[2], a[3], a[4], a[5]);
	world_calls++;
	kernel_result = result;
	if (number == CALL_msg_reply_recv && result == CALL_AGAIN && t->call[0] && k->r[0] == 0 && (k->flags & TF_CALL))
		ref_reply_half(t);
	t->resumed = t->redo;
	t->redo = false;
	if (result == CALL_AGAIN && was_busy && cpu_here()->current == k && (k->flags & TF_CALL)) {
		t->redo = true; /* it helps with another's first */
		return result;
	}
	if (result == CALL_AGAIN && work_busy() && !was_busy) { /* preempted, its caller perhaps ended by it */
		if (number == CALL_frame_batch && cpu_here()->current == k)
			call_follow(t, number, true); /* it has read the operation that is under way */
		unfinished = t;
		unfinished_number = number;
		return result;
	}
	resumes = number == CALL_thread_return && memcmp(t->call, k->r, sizeof t->call) != 0;
	if (result == CALL_AGAIN && cpu_here()->current == k && (k->flags & TF_CALL) && number != CALL_frame_batch &&
		!resumes) {
		t->redo = true;
		if (number == CALL_frame_donate)
			donate_pauses(t, k);
		return result;
	}
	if (was_busy && looks[number]) {
		if (result == CALL_AGAIN) /* a pointer into what the operation is about */
			world_gives_up();
		look_follow(t, number, result);
		world_made[number]++;
		return result;
	}
	if (answered_early(t, number, result))
		world_gives_up();
	call_follow(t, number, (k->flags & TF_CALL) != 0);
	clean_settle();
	world_made[number]++;
	world_blocked += !t->used || t->state != REF_RUNNABLE || !t->want_n;
	return result;
}

extern const call_fn __real_call_table[], __real_call_table_busy[], __real_call_table_lent[];

#define X(name, number, stub, book, text)                                                                              \
	static int seen_##name(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)                 \
	{                                                                                                              \
		return call_seen(number, __real_call_table[number], (uint32_t[]){a, b, c, d, e, f});                   \
	}
#include "call.def"
#undef X

extern const call_fn __wrap_call_table[], __wrap_call_table_busy[], __wrap_call_table_lent[];

const call_fn __wrap_call_table[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = seen_##name,
#include "call.def"
#undef X
};

/* A call that needs the books while a long operation is under way: it is made when that is finished. */
static int call_helped(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)
{
	ref_thread_find(cpu_here()->current->id)->redo = true;
	return call_help(a, b, c, d, e, f);
}

static int seen_call(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)
{
	return call_seen(CALL_msg_call, __real_call_table_busy[CALL_msg_call], (uint32_t[]){a, b, c, d, e, f});
}

#define BUSY_0(name) (CALL_##name == CALL_msg_call ? seen_call : seen_##name)
#define BUSY_1(name) call_helped
#define BUSY_2(name) seen_##name

const call_fn __wrap_call_table_busy[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = BUSY_##book(name),
#include "call.def"
#undef X
};

/* What settles a straight call first comes past the other table then. */
#define X(name, number, stub, book, text)                                                                              \
	static int lent_##name(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)                 \
	{                                                                                                              \
		if (!CALL_UNSETTLED(number))                                                                           \
			return __real_call_table_lent[number](a, b, c, d, e, f);                                       \
		return call_seen(number, __real_call_table_lent[number], (uint32_t[]){a, b, c, d, e, f});              \
	}
#include "call.def"
#undef X

const call_fn __wrap_call_table_lent[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = lent_##name,
#include "call.def"
#undef X
};

/* ---- back in user mode ---- */

static bool may_run(const struct ref_thread *t)
{
	return t->used && t->state == REF_RUNNABLE && t->proc->state == PROC_RUNNING;
}

/* A proc_priority under way has lowered some threads' already. */
static int priority_now(const struct ref_thread *t)
{
	const struct thread *k = work_busy() ? thread_find(t->id) : NULL;

	return k && k->priority < t->priority ? k->priority : t->priority;
}

static bool waits_for_answer(const struct ref_thread *t)
{
	return t->used && (t->state == REF_SEND || t->state == REF_REPLY);
}

/* What calls lend to each process, through other processes too; -1: nothing. */
static int lent[REF_PROCS];

static void lent_sum(void)
{
	bool more = true;

	for (int i = 0; i < REF_PROCS; i++)
		lent[i] = -1;
	while (more) {
		more = false;
		for (int i = 0; i < REF_THREADS; i++) {
			const struct ref_thread *t = &ref.thread[i];
			int has, *to;

			if (!waits_for_answer(t))
				continue;
			to = &lent[t->peer - ref.proc];
			has = lent[t->proc - ref.proc] > t->priority ? lent[t->proc - ref.proc] : t->priority;
			more |= has > *to;
			*to = has > *to ? has : *to;
		}
	}
}

/* Whether a thread of p could go on, or every one whom p's threads wait for.  (Of several, one is helped: which is the kernel's to say.) */
static bool could_answer(const struct ref_proc *p, unsigned depth)
{
	bool all = false;

	for (int i = 0; i < REF_THREADS; i++)
		if (may_run(&ref.thread[i]) && ref.thread[i].proc == p)
			return true;
	for (int i = 0; i < REF_THREADS; i++) {
		if (ref.thread[i].proc != p || !waits_for_answer(&ref.thread[i]))
			continue;
		if (depth == REF_PROCS || !could_answer(ref.thread[i].peer, depth + 1))
			return false;
		all = true;
	}
	return all;
}

/* Nobody has been lent more than who waits for it has, but what is not to run yet and so not looked at. */
static void same_lent(int level)
{
	for (int i = 0; i < REF_PROCS; i++) {
		const struct proc *k = ref.proc[i].used ? proc_find(ref.proc[i].pid) : NULL;

		if (k && k->lent.top > lent[i] && k->lent.top > level)
			world_differs("more is lent than who waits has", lent[i], k->lent.top);
	}
}

static const struct ref_thread *donor(const struct ref_frame *f)
{
	for (int i = 0; i < REF_THREADS; i++) {
		const struct ref_thread *t = &ref.thread[i];

		if (t->used && t->redo && t->donated && t->call[0] == (uint32_t)f->id)
			return t;
	}
	return NULL;
}

/* A donation whose caller has ended, or does something else now, goes on before who is of no higher priority. */
static void same_orphans(int level)
{
	for (int i = 0; i < ref.frames_n; i++) {
		struct ref_frame *f = &ref.frame[i];
		const struct ref_thread *t;

		if (!f->used || f->kind != FRAME_RECORDS || f->filled == f->len)
			continue;
		t = donor(f);
		if (t)
			f->donor_priority = t->priority;
		else if (level <= f->donor_priority)
			world_differs("a donation waits that nobody comes back to", f->id, level);
	}
}

/* Nobody with a higher priority, or on whom somebody with a higher priority waits, could run instead. */
static void same_choice(const struct ref_thread *now)
{
	int level;

	if (!may_run(now))
		world_differs("a thread runs that may not", 0, now->id);
	lent_sum();
	level = lent[now->proc - ref.proc] > now->priority ? lent[now->proc - ref.proc] : now->priority;
	if (!work_busy()) {
		same_lent(level);
		same_orphans(level);
	}
	if (cpu_here()->timer_floor > level || ref_late(level))
		world_differs("what is due for who runs waits", level, cpu_here()->timer_floor);
	for (int i = 0; i < REF_THREADS; i++) {
		const struct ref_thread *t = &ref.thread[i];

		if (may_run(t) && priority_now(t) > level)
			world_differs("a thread of lower priority runs", t->id, now->id);
		if (waits_for_answer(t) && t->priority > level && !work_busy() && could_answer(t->peer, 0))
			world_differs("somebody of higher priority waits in vain for", t->id, now->id);
	}
}

static void user_mode(void)
{
	static unsigned turn;
	struct thread *k;
	struct ref_thread *now;
	bool lent; /* a straight call is in no book, and stays so for now */

	while (cpu_here()->timer_at <= model_time)
		model_interrupt();
	lent = cpu_here()->lent && model_random() % 2;
	if (!lent)
		lent_settle();
	k = cpu_here()->current;
	call_settle();
	donate_settle();
	time_settle();
	now = ref_thread_find(k->id);
	if (!now)
		world_differs("a thread that should not be", 0, k->id);
	if (told_early(now, k))
		world_gives_up();
	same_choice(now);
	for (int i = 0; i < now->want_n; i++)
		SAME("a register", now->want[i], k->r[i]);
	if (now->want_n) {
		world_done[now->call[12] % CALL_LIMIT] += (int)now->want[0] >= 0;
		world_refused += (int)now->want[0] < 0;
		if (world_trace)
			fprintf(stderr, "    %d goes on: %d\n", now->id, (int)now->want[0]);
	}
	state_back(now, ref.now != now);
	now->want_n = 0;
	world_switches += ref.now != now;
	ref.now = now;
	if (!work_busy() && !lent) /* else the books are not whole, and whoever needs them finishes it first */
		same_all(++turn % 64 == 0 || world_thorough);
	model_prove();
	if ((turn % 32 == 0 || world_thorough) && !work_busy() && !lent)
		frame_check();
}

/* ---- operations ---- */

void world_call_regs(int number, const uint32_t *regs)
{
	struct thread *k = cpu_here()->current;

	if (ref.full)
		longjmp(over, 1);
	memcpy(k->r, regs, 12 * sizeof *regs);
	k->r[12] = (uint32_t)number;
	k->r[15] = ref.now->pc = PC;
	state_leaves();
	model_call(number);
	user_mode();
}

bool world_call(int number, uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)
{
	const struct thread *k = cpu_here()->current;

	world_call_regs(number, (uint32_t[12]){a, b, c, d, e, f});
	if (cpu_here()->current != k)
		return false;
	kernel_result = (int)k->r[0];
	return true;
}

void world_access(uint32_t va, unsigned right)
{
	uint32_t pa = 0, want = 0, *word;
	unsigned kind;

	if (work_busy()) /* it may see the old or the new */
		return;
	bool ok = model_access(va, right, &pa), should = ref_access(ref.now->proc, va, right, &want);

	if (world_trace)
		fprintf(stderr, "%d of %d on cpu %d: %s 0x%x: %s\n", ref.now->id, ref.now->proc->pid, model_cpu,
			right == F_MAP_READ    ? "reads"
			: right == F_MAP_WRITE ? "writes"
					       : "executes",
			va, ok ? "goes through" : "faults");
	SAME("whether an access goes through", should, ok);
	if (ok) {
		SAME("what an access reaches", want, pa);
		word = model_reach(pa & ~3u, right == F_MAP_WRITE);
		if (right == F_MAP_WRITE)
			*word = va;
		return;
	}
	kind = right == F_MAP_READ ? FAULT_READ : right == F_MAP_WRITE ? FAULT_WRITE : FAULT_EXEC;
	cpu_here()->current->r[15] = ref.now->pc = PC;
	state_leaves();
	ref_area_look(ref.now);
	fault_user(va, kind);
	ref_fault(va, kind);
	if (cpu_here()->resched)
		sched_leave();
	user_mode();
}

void world_time(uint64_t now)
{
	state_leaves();
	model_time = now;
	model_interrupt();
	user_mode();
}

void world_irq(int line)
{
	state_leaves();
	model_irq_line = line;
	model_irq_looks = 0;
	model_interrupt();
	user_mode();
}

void world_irq_soon(int line, unsigned looks)
{
	model_irq_line = line;
	model_irq_looks = looks;
}

void world_hop(int cpu)
{
	state_leaves();
	model_hop(cpu % model_cpus);
	user_mode();
}

/* ---- programs ---- */

static void ended(int status)
{
	const struct thread *k = cpu_here()->current;

	if (k && k->proc != first_proc && !ref.first->pager)
		world_differs("somebody else ends the first process", status, k->id);
	longjmp(over, 1);
}

/* All wait for each other: then they do so in the reference too. */
static void idle(void)
{
	call_settle();
	for (int i = 0; i < REF_THREADS; i++)
		if (may_run(&ref.thread[i]))
			world_differs("a thread could run, and does not", ref.thread[i].id, 0);
	longjmp(over, 1);
}

void world_with(int core, int cpus, unsigned irq_rate, void (*fn)(void))
{
	unsigned frames = 0;

	unfinished = NULL;
	model_ended = ended;
	model_idle = idle;
	model_line_claimed = line_claimed;
	model_maintained = maintained;
	model_irq_rate = 0;
	model_boot(&model_cores[core % model_cores_n], cpus);
	ref_boot();
	state_begins();
	if (setjmp(over))
		return;
	user_mode();
	model_irq_rate = irq_rate;
	fn();
	if (work_busy())
		return;
	lent_settle();
	same_all(true);
	frame_check();
	for (int i = 0; i < ref.frames_n; i++)
		frames += ref.frame[i].used;
	ids_prove(frames);
}

static const uint8_t *bytes;
static size_t bytes_n;

static void program(void)
{
	op_prepare();
	for (size_t at = OP_LEN; at + OP_LEN <= bytes_n && !ref.full; at += OP_LEN)
		op_run(bytes + at);
}

void world_run(const uint8_t *p, size_t len)
{
	if (len < OP_LEN)
		return;
	bytes = p;
	bytes_n = len;
	model_seed(p[1] | (uint32_t)p[2] << 8);
	world_with(p[0], 1 + p[3] % 4, p[4] % 4 ? 1u + p[4] % 8 : 0, program);
}
