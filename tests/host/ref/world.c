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
unsigned long world_calls, world_switches, world_blocked, world_refused, world_made[64], world_done[64];

static const char *const call_names[] = {
#define X(name, number, stub, book, text) [number] = #name,
#include "call.def"
#undef X
};

static jmp_buf over;

void world_differs(const char *what, int64_t want, int64_t got)
{
	fprintf(stderr, "the reference model differs: %s: it says %lld (0x%llx), the kernel %lld (0x%llx)\n", what,
		(long long)want, (long long)want, (long long)got, (long long)got);
	model_fail(what, (uint32_t)want, (uint32_t)got);
}

#define SAME(what, want, got)                                                                                          \
	do {                                                                                                           \
		if ((int64_t)(want) != (int64_t)(got))                                                                 \
			world_differs(what, (int64_t)(want), (int64_t)(got));                                          \
	} while (0)

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
	world_given_up++;
	longjmp(over, 1);
}

static int kernel_result;

int world_result(void)
{
	return kernel_result;
}

bool world_says_busy(void)
{
	return kernel_result == ERR_BUSY;
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

/* The reference makes the call of t, or as much of a batch as the kernel has done. */
static void call_follow(struct ref_thread *t, int number, bool on)
{
	const struct thread *k = thread_find(t->id);

	ref.now = t;
	ref.batch_stop = k && number == CALL_frame_batch && on ? k->batch_done * 4 + k->batch_state : ~0u;
	ref_call(number);
}

static void call_settle(void)
{
	struct ref_thread *t = unfinished;
	const struct thread *k;

	if (work_busy())
		return;
	clean_settle();
	if (!t)
		return;
	k = thread_find(t->id);
	unfinished = NULL;
	if (k && (k->flags & TF_CALL) && unfinished_number != CALL_frame_batch) {
		t->redo = true; /* what it began is only the beginning */
		return;
	}
	kernel_result = k ? (int)k->r[0] : 0;
	call_follow(t, unfinished_number, true);
}

static void time_settle(void)
{
	ref_time(model_time);
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

static int call_seen(int number, call_fn real, const uint32_t *a)
{
	struct thread *k = cpu_here()->current;
	struct ref_thread *t;
	bool was_busy;
	int result;

	if ((int)k->r[12] != number) /* an operation of a batch */
		return real(a[0], a[1], a[2], a[3], a[4], a[5]);
	if (unfinished && unfinished->id == k->id && number != CALL_frame_batch)
		unfinished = NULL; /* what it began was only the beginning */
	call_settle();
	time_settle();
	t = ref_thread_find(k->id);
	if (!t)
		world_differs("a thread that should not be", 0, k->id);
	memcpy(t->call, k->r, sizeof t->call);
	trace_call(t, number);
	ref_area_look(t);
	was_busy = work_busy();
	result = real(a[0], a[1], a[2], a[3], a[4], a[5]);
	world_calls++;
	kernel_result = result;
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
	if (result == CALL_AGAIN && cpu_here()->current == k && (k->flags & TF_CALL) && number != CALL_frame_batch) {
		t->redo = true;
		return result;
	}
	call_follow(t, number, (k->flags & TF_CALL) != 0);
	clean_settle();
	world_made[number]++;
	if (t->used && t->state == REF_RUNNABLE && t->want_n) {
		world_done[number] += (int)t->want[0] >= 0;
		world_refused += (int)t->want[0] < 0;
	} else {
		world_blocked++;
	}
	return result;
}

extern const call_fn __real_call_table[];

#define X(name, number, stub, book, text)                                                                              \
	static int seen_##name(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f)                 \
	{                                                                                                              \
		return call_seen(number, __real_call_table[number], (uint32_t[]){a, b, c, d, e, f});                   \
	}
#include "call.def"
#undef X

extern const call_fn __wrap_call_table[], __wrap_call_table_busy[];

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

#define BUSY_0(name) seen_##name
#define BUSY_1(name) call_helped

const call_fn __wrap_call_table_busy[CALL_LIMIT] = {
#define X(name, number, stub, book, text) [number] = BUSY_##book(name),
#include "call.def"
#undef X
};

/* ---- the books ---- */

static void same_frame(const struct ref_frame *f)
{
	const struct frame_rec *k = frame_find(f->id);

	if (!k)
		world_differs("a frame is gone", f->id, 0);
	SAME("a frame's owner", f->owner->pid, k->owner->info.pid);
	SAME("a frame's kind", f->kind, k->kind);
	SAME("a frame's address", f->pa, k->pa);
	SAME("a frame's length", f->len, k->len);
	if (f->kind == FRAME_L1)
		SAME("whose root a table is", f->root_of ? f->root_of->pid : 0, k->root_of ? k->root_of->info.pid : 0);
	if (f->kind == FRAME_L2)
		SAME("whether a table stands somewhere", f->stands != NULL, k->stands != NULL);
}

static void same_slot(const struct ref_map *m, const struct frame_rec *t, unsigned i, uint32_t index)
{
	const struct ref_slot *s = &m->table->slot[i];
	bool mine = s->map == m;
	unsigned shift = ref_shift(m->table);

	SAME("which mapping a slot belongs to", mine, table_shadow(t)[i] == index);
	if (!mine || (m->flags & F_MAP_TABLE))
		return;
	SAME("the rights in a slot", s->rights, mmu_rights(phys_va(t->pa), t->kind, i));
	if (s->rights)
		SAME("where a slot points", ref_shown(m->frame, m->offset + (i << shift) - m->at),
			mmu_target(phys_va(t->pa), t->kind, i));
}

static void same_map(const struct ref_map *m, bool slots)
{
	const struct frame_rec *t = frame_find(m->table->id);
	unsigned shift = ref_shift(m->table), i = m->at >> shift, end = (m->at + m->len) >> shift;
	const struct map_rec *k;

	while (m->table->slot[i].map != m)
		i++;
	k = map_of(table_shadow(t)[i]);
	if (!table_shadow(t)[i])
		world_differs("a mapping is gone", m->frame->id, 0);
	SAME("a mapping's frame", m->frame->id, k->frame->id);
	SAME("a mapping's table", m->table->id, k->table->id);
	SAME("a mapping's place", m->at, k->at);
	SAME("a mapping's offset", m->offset, k->offset);
	SAME("a mapping's length", m->len, k->len);
	SAME("a mapping's flags", m->flags, k->flags);
	SAME("a mapping's slots", m->live, k->live);
	for (i = m->at >> shift; slots && i < end; i++)
		same_slot(m, t, i, record_index(k));
}

static void same_maps(bool slots)
{
	static int counts[REF_FRAMES], writes[REF_FRAMES];
	static unsigned turn;

	memset(counts, 0, sizeof counts);
	memset(writes, 0, sizeof writes);
	turn++;
	for (int i = 0; i < ref.maps_n; i++) {
		const struct ref_map *m = &ref.map[i];

		if (!m->used)
			continue;
		counts[m->frame - ref.frame]++;
		writes[m->frame - ref.frame] += (m->flags & F_MAP_WRITE) != 0;
		same_map(m, slots || m->live < 8 || (unsigned)i % 16 == turn % 16);
	}
	for (int i = 0; i < ref.frames_n; i++)
		if (ref.frame[i].used) {
			const struct frame_rec *k = frame_find(ref.frame[i].id);

			SAME("how often a frame is mapped", counts[i], k->maps_n);
			SAME("how often it was mapped to be written", writes[i], k->write_maps_n);
		}
}

static int grants_of(const struct ref_proc *p)
{
	int n = 0;

	for (int i = 0; i < REF_GRANTS; i++)
		n += ref.grant[i].used && !ref.grant[i].watch && ref.grant[i].from == p;
	return n;
}

static void same_proc(const struct ref_proc *p)
{
	const struct proc *k = proc_find(p->pid);

	if (!k)
		world_differs("a process is gone", p->pid, 0);
	SAME("a process's parent", p->parent ? p->parent->pid : 0, k->info.parent);
	SAME("its parent in its record", p->parent ? p->parent->pid : 0, k->parent ? k->parent->info.pid : 0);
	SAME("a process's root", p->root ? p->root->id : 0, k->info.root);
	SAME("a process's state", p->state, k->info.state);
	SAME("a process's status", p->status, k->info.status);
	SAME("a process's priority", p->priority, k->info.priority);
	SAME("a process's pager", p->pager ? p->pager->pid : 0, k->info.pager);
	SAME("a process's threads", p->threads, k->info.threads);
	SAME("a process's frames", p->frames, k->info.frames);
	SAME("a process's credits", p->credits, k->info.credits);
	SAME("a process's faults", p->faults, k->info.faults);
	SAME("a process's messages", p->messages, k->info.messages);
	SAME("a process's notifications", p->notified, k->notified);
	SAME("what anyone may do", p->anyone, k->anyone);
	SAME("a process's grants", grants_of(p), k->grants_n);
}

static int kernel_state(const struct ref_thread *t)
{
	switch (t->state) {
	case REF_RUNNABLE:
		return t->proc->state == PROC_RUNNING ? T_READY : T_HELD;
	case REF_PARKED:
		return T_PARKED;
	case REF_RECV:
		return T_RECV;
	case REF_SEND:
		return T_SEND;
	case REF_REPLY:
		return T_REPLY;
	case REF_WAIT:
		return T_WAIT;
	default:
		return T_INACTIVE;
	}
}

static void same_thread(const struct ref_thread *t)
{
	const struct thread *k = thread_find(t->id);

	if (!k)
		world_differs("a thread is gone", t->id, 0);
	SAME("a thread's process", t->proc->pid, k->proc->info.pid);
	SAME("a thread's state", kernel_state(t), k->state);
	SAME("a thread's priority", t->priority, k->priority);
	SAME("a thread's permit", t->permit, (k->flags & TF_PERMIT) != 0);
	SAME("whether its call is to be made again", t->redo, (k->flags & TF_CALL) != 0);
	if (t->state == REF_SEND || t->state == REF_REPLY || t->state == REF_WAIT)
		SAME("whom a thread waits for", t->peer->pid, k->peer->info.pid);
}

static void same_all(bool slots)
{
	for (int i = 0; i < ref.frames_n; i++)
		if (ref.frame[i].used)
			same_frame(&ref.frame[i]);
	same_maps(slots);
	for (int i = 0; i < REF_PROCS; i++)
		if (ref.proc[i].used)
			same_proc(&ref.proc[i]);
	for (int i = 0; i < REF_THREADS; i++)
		if (ref.thread[i].used)
			same_thread(&ref.thread[i]);
}

/* ---- back in user mode ---- */

static bool may_run(const struct ref_thread *t)
{
	return t->used && t->state == REF_RUNNABLE && t->proc->state == PROC_RUNNING;
}

/* Nobody with a higher priority could run instead. */
static void same_choice(const struct ref_thread *now)
{
	if (!may_run(now))
		world_differs("a thread runs that may not", 0, now->id);
	for (int i = 0; i < REF_THREADS; i++)
		if (may_run(&ref.thread[i]) && ref.thread[i].priority > now->priority)
			world_differs("a thread of lower priority runs", ref.thread[i].id, now->id);
}

static void user_mode(void)
{
	static unsigned turn;
	struct thread *k;
	struct ref_thread *now;

	while (cpu_here()->timer_at <= model_time)
		model_interrupt();
	k = cpu_here()->current;
	call_settle();
	time_settle();
	now = ref_thread_find(k->id);
	if (!now)
		world_differs("a thread that should not be", 0, k->id);
	same_choice(now);
	for (int i = 0; i < now->want_n; i++)
		SAME("a register", now->want[i], k->r[i]);
	if (world_trace && now->want_n)
		fprintf(stderr, "    %d goes on: %d\n", now->id, (int)now->want[0]);
	now->want_n = 0;
	world_switches += ref.now != now;
	ref.now = now;
	if (!work_busy()) /* else the books are not whole, and whoever needs them finishes it first */
		same_all(++turn % 64 == 0 || world_thorough);
	model_prove();
	if ((turn % 32 == 0 || world_thorough) && !work_busy())
		frame_check();
}

/* ---- operations ---- */

void world_call_regs(int number, const uint32_t *regs)
{
	struct thread *k = cpu_here()->current;

	memcpy(k->r, regs, 12 * sizeof *regs);
	k->r[12] = (uint32_t)number;
	k->r[15] = ref.now->pc = PC;
	model_call(number);
	user_mode();
	/* A handler returned to a call that had faulted: the thread makes it again. */
	for (k = cpu_here()->current; k->r[15] == PC - 4; k = cpu_here()->current) {
		k->r[15] = ref.now->pc = PC;
		if (k->r[12] >= CALL_LIMIT)
			break;
		model_call((int)k->r[12]);
		user_mode();
	}
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
	ref_area_look(ref.now);
	fault_user(va, kind);
	ref_fault(va, kind);
	if (cpu_here()->resched)
		sched_leave();
	user_mode();
}

void world_time(uint64_t now)
{
	model_time = now;
	model_interrupt();
	user_mode();
}

void world_irq(int line)
{
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
	model_hop(cpu % model_cpus);
	user_mode();
}

/* ---- boot ---- */

static void boot_frame(const struct frame_rec *k)
{
	struct ref_frame *f = &ref.frame[ref.frames_n++];

	*f = (struct ref_frame){
		.used = true, .id = k->id, .kind = k->kind, .pa = k->pa, .len = k->len, .owner = ref.first};
	if (k->kind == FRAME_L1 || k->kind == FRAME_L2)
		ref_table_begin(f);
	ref.first->frames++;
}

static void boot_map(const struct map_rec *k)
{
	struct ref_frame *t = ref_frame_find(k->table->id);
	struct ref_map *m = &ref.map[ref.maps_n++];
	unsigned shift = ref_shift(t);

	*m = (struct ref_map){true, ref_frame_find(k->frame->id), t, k->at, k->offset, k->len, k->flags, k->live};
	if (m->flags & F_MAP_TABLE)
		m->frame->stands = m;
	for (unsigned i = k->at >> shift; i < (k->at + k->len) >> shift; i++)
		t->slot[i] = (struct ref_slot){m, m->flags & F_MAP_TABLE ? 0 : m->flags & F_MAP_RIGHTS};
}

static void boot_proc(void)
{
	struct ref_proc *p = ref.first = &ref.proc[0];
	struct ref_thread *t = ref.now = &ref.thread[0];

	*p = (struct ref_proc){.used = true,
		.started = true,
		.pid = first_proc->info.pid,
		.state = PROC_RUNNING,
		.priority = first_proc->info.priority,
		.credits = first_proc->info.credits,
		.threads = 1,
		.first = t,
		.to_parent = -1,
		.from_parent = -1};
	for (int i = 0; i < REF_ALARMS; i++)
		p->alarm[i] = REF_NEVER;
	*t = (struct ref_thread){.used = true,
		.id = p->pid,
		.priority = first_proc->first.priority,
		.proc = p,
		.state = REF_RUNNABLE,
		.deadline = REF_NEVER};
}

/* The reference begins with what the kernel says after boot. */
static void boot_copy(void)
{
	for (int i = 0; i < ref.frames_n; i++)
		if (ref.frame[i].used && ref.frame[i].slot)
			ref_table_end(&ref.frame[i]);
	memset(&ref, 0, sizeof ref);
	boot_proc();
	for (struct link *l = first_proc->frames.next; l != &first_proc->frames; l = l->next)
		boot_frame(container_of(l, struct frame_rec, owned));
	for (struct link *l = first_proc->frames.next; l != &first_proc->frames; l = l->next) {
		struct frame_rec *f = container_of(l, struct frame_rec, owned);

		for (struct link *k = f->maps.next; k != &f->maps; k = k->next)
			boot_map(container_of(k, struct map_rec, by_frame));
		if (f->kind == FRAME_L1 && f->root_of) {
			ref.first->root = ref_frame_find(f->id);
			ref.first->root->root_of = ref.first;
		}
		if (f->kind == FRAME_PROC) {
			ref.now->frame = ref_frame_find(f->id);
			ref.now->frame->thread = ref.now;
		}
	}
	ref.window_free = MODEL_RAM / PAGE_SIZE / 4 - 17;
}

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
	unfinished = NULL;
	model_ended = ended;
	model_idle = idle;
	model_line_claimed = ref_irq;
	model_irq_rate = 0;
	model_boot(&model_cores[core % model_cores_n], cpus);
	boot_copy();
	if (setjmp(over))
		return;
	user_mode();
	model_irq_rate = irq_rate;
	fn();
	if (work_busy())
		return;
	same_all(true);
	frame_check();
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
