/* SPDX-License-Identifier: ISC
 * The reference model's threads: making, ending, waiting, faults, and user memory as a call sees it. */
#include "ref.h"

struct ref_thread *ref_thread_find(int id)
{
	for (int i = 0; i < REF_THREADS; i++)
		if (ref.thread[i].used && ref.thread[i].id == id)
			return &ref.thread[i];
	return NULL;
}

void ref_thread_init(struct ref_thread *t, struct ref_proc *p, struct ref_frame *f)
{
	int id = world_new_thread(f->pa);

	if (id <= 0 || ref_thread_find(id))
		world_differs("the id of a new thread is not new", 0, id);
	ref_id_made(true, f->pa, id);
	*t = (struct ref_thread){.used = true, .id = id, .proc = p, .frame = f, .deadline = REF_NEVER};
	f->thread = t;
	p->threads++;
	ref.full |= t - ref.thread > REF_THREADS - 3;
}

/* ---- waiting ---- */

static void leave(struct ref_thread *t)
{
	if (t->state == REF_SEND)
		t->peer->messages--;
	t->deadline = REF_NEVER;
	t->state = REF_RUNNABLE;
}

void ref_wake(struct ref_thread *t, int result)
{
	leave(t);
	t->want[0] = (uint32_t)result;
	t->want_n = 1;
}

void ref_again(struct ref_thread *t)
{
	leave(t);
	t->redo = true;
}

void ref_wait(enum ref_state state, struct ref_proc *peer, int64_t timeout)
{
	struct ref_thread *t = ref.now;

	t->state = state;
	t->peer = peer;
	t->armed = t->turn = ++ref.turns;
	if (timeout >= 0)
		t->deadline = (uint64_t)timeout > (uint64_t)INT64_MAX - ref.time ? REF_NEVER
										 : ref.time + (uint64_t)timeout + 1;
}

struct ref_thread *ref_first_in(enum ref_state state, const struct ref_proc *peer)
{
	struct ref_thread *first = NULL;

	for (int i = 0; i < REF_THREADS; i++) {
		struct ref_thread *t = &ref.thread[i];

		if (t->used && t->state == state && t->peer == peer && (!first || t->turn < first->turn))
			first = t;
	}
	return first;
}

/* ---- user memory ---- */

uint32_t *ref_user_word(uint32_t va)
{
	static uint32_t nothing;
	uint32_t pa;

	return ref_access(ref_me(), va, F_MAP_READ, &pa) ? world_word(pa) : &nothing;
}

bool ref_user(uint32_t va, uint32_t len, unsigned right)
{
	struct ref_thread *t = ref.now;
	uint32_t pa;

	for (uint32_t n = 0; n < len; n += 4) {
		if (ref_access(t->proc, va + n, right, &pa))
			continue;
		if (va + n >= USER_END) {
			t->batch_done = t->batch_state = 0;
			ref_wake(t, ERR_POINTER);
			return false;
		}
		t->fault_address = va + n;
		t->fault_kind = right == F_MAP_READ ? FAULT_READ : FAULT_WRITE;
		t->in_call = true;
		ref_fault_send(t, true);
		return false;
	}
	return true;
}

/* ---- faults ---- */

static void fault_walk(struct ref_thread *t)
{
	const struct ref_frame *table = t->proc->root;
	const struct ref_slot *s;
	uint32_t low = t->fault_address;

	t->fault_kind &= ~(unsigned)(FAULT_NOMAP | FAULT_RIGHT);
	t->fault_table = table ? table->id : 0;
	if (low >= USER_END) {
		t->fault_kind |= FAULT_RIGHT;
		return;
	}
	if (table) {
		s = &table->slot[low / SECTION_SIZE];
		if (s->map && (s->map->flags & F_MAP_TABLE)) {
			low -= s->map->at;
			table = s->map->frame;
			t->fault_table = table->id;
			s = &table->slot[low / PAGE_SIZE];
		}
		if (s->map) {
			t->fault_kind |= FAULT_RIGHT;
			return;
		}
	}
	t->fault_kind |= FAULT_NOMAP;
}

void ref_area_look(const struct ref_thread *t)
{
	uint32_t pa;

	ref.area_busy = !ref_access(t->proc, t->upcall_area, F_MAP_READ, &pa) || *world_word(pa);
}

/* The handler takes it if its area was memory and not busy; what the kernel wrote there is looked at. */
static bool upcall(struct ref_thread *t)
{
	const uint32_t want[] = {1, t->fault_address, t->fault_kind, (uint32_t)t->fault_table};
	uint32_t pa, area = t->upcall_area;

	if (ref.area_busy)
		return false;
	for (uint32_t n = 0; n < sizeof(struct upcall); n += 4)
		if (!ref_access(t->proc, area + n, F_MAP_WRITE, &pa))
			return false;
	for (uint32_t n = 0; n < 4; n++) {
		ref_access(t->proc, area + n * 4, F_MAP_WRITE, &pa);
		if (*world_word(pa) != want[n])
			world_differs("what a handler is told", want[n], *world_word(pa));
	}
	ref_state_upcall(t);
	t->want[0] = area;
	t->want[1] = t->fault_address;
	t->want[2] = t->fault_kind;
	t->want_n = 3;
	if (t->in_call)
		t->batch_done = t->batch_state = 0;
	t->in_call = false;
	return true;
}

void ref_fault_send(struct ref_thread *t, bool own)
{
	struct ref_proc *to;

	fault_walk(t);
	if (t->state == REF_SEND)
		t->peer->messages--;
	if (own) {
		t->proc->faults++;
		if (t->upcall_entry && upcall(t))
			return;
	}
	to = t->proc->pager ? t->proc->pager : t->proc->parent;
	if (!to) {
		ref.over = true;
		return;
	}
	ref_number(t);
	t->fault = true;
	t->oneway = false;
	t->state = REF_SEND;
	t->peer = to;
	t->turn = ++ref.turns;
	t->deadline = REF_NEVER;
	to->messages++;
	ref_port_poke(to);
}

void ref_fault(uint32_t address, unsigned kind)
{
	ref.now->fault_address = address;
	ref.now->fault_kind = kind;
	ref_fault_send(ref.now, true);
}

int ref_fault_answer(struct ref_thread *t, int tag)
{
	bool in_call = t->in_call;

	t->fault = t->in_call = false;
	t->deadline = REF_NEVER;
	t->state = REF_RUNNABLE;
	t->want_n = 0;
	if (tag == 0) {
		t->redo = in_call;
		return 0;
	}
	if (in_call) {
		t->batch_done = t->batch_state = 0;
		ref_wake(t, ERR_POINTER);
		return 0;
	}
	return ref_thread_end(t, tag);
}

/* ---- calls ---- */

int ref_thread_end(struct ref_thread *t, int status)
{
	struct ref_proc *p = t->proc;

	if (p->threads - (p->first->state == REF_INACTIVE) == 1) {
		ref_proc_end(p, status);
		return 0;
	}
	t->state = REF_INACTIVE;
	t->deadline = REF_NEVER;
	t->redo = t->permit = t->fault = t->in_call = t->oneway = false;
	if (t == p->first)
		return 0;
	p->threads--;
	t->used = false;
	t->frame->kind = FRAME_MEM;
	t->frame->thread = NULL;
	world_zero(t->frame->pa, t->frame->len);
	return 0;
}

static int new_thread(const uint32_t *a)
{
	struct ref_proc *p = ref_child((int)a[0]);
	struct ref_thread *t = ref.thread;
	struct ref_frame *f;
	int err;

	if (!ref_mine((int)a[1]))
		return ERR_FRAME;
	if (!p)
		return ERR_PROC;
	err = ref_take((int)a[1], THREAD_SIZE, &f);
	if (err)
		return err;
	if (a[2] >= USER_END)
		return ERR_RANGE;
	if (!ref_live(p))
		return ERR_DEAD;
	while (t->used)
		t++;
	f->kind = FRAME_THREAD;
	ref_thread_init(t, p, f);
	t->state = REF_RUNNABLE;
	t->priority = ref.now->priority < p->priority ? ref.now->priority : p->priority;
	ref_state_start(t, a[2], a[3]);
	t->want[0] = a[4];
	t->want_n = 1;
	return t->id;
}

/* A thread of mine or a child's. */
static struct ref_thread *named(int tid)
{
	struct ref_thread *t = tid ? ref_thread_find(tid) : ref.now;

	return t && (t->proc == ref_me() || t->proc->parent == ref_me()) ? t : NULL;
}

static int priority(int tid, int n)
{
	struct ref_thread *t = named(tid);

	if (!t)
		return ERR_PROC;
	if (n > t->proc->priority && n <= PRIORITY_MAX)
		return ERR_RIGHT;
	if (n < 0 || n > PRIORITY_MAX)
		return ERR_RANGE;
	t->priority = n;
	return 0;
}

static int park(int64_t timeout)
{
	struct ref_thread *t = ref.now;

	if (t->permit) {
		t->permit = false;
		return 0;
	}
	if (timeout == 0)
		return ERR_TIMEOUT;
	ref_wait(REF_PARKED, NULL, timeout);
	return REF_BLOCK;
}

static int unpark(int tid)
{
	struct ref_thread *t = ref_thread_find(tid);

	if (!t || t->proc != ref_me())
		return ERR_PROC;
	if (t->state == REF_PARKED)
		ref_wake(t, 0);
	else
		t->permit = true;
	return 0;
}

static int regs(int tid, uint32_t va, int set)
{
	struct ref_thread *t = tid ? named(tid) : NULL;

	if (!t || t == ref.now)
		return ERR_PROC;
	if (set != 0 && set != 1)
		return ERR_FLAGS;
	if (t->proc == ref_me() ? t->state != REF_PARKED : t->proc->state == PROC_RUNNING)
		return ERR_BUSY;
	if (!ref_user(va, sizeof(struct regs), set ? F_MAP_READ : F_MAP_WRITE))
		return REF_BLOCK;
	if (!set) {
		ref_state_get(t, va);
		return 0;
	}
	t->redo = t->in_call = false;
	ref_state_set(t, va);
	t->batch_done = t->batch_state = 0;
	t->want_n = 0;
	t->deadline = REF_NEVER; /* one of mine stays parked until it is unparked */
	if (!t->fault &&
		(t->state >= REF_RECV || (t->state == REF_PARKED && t->proc != ref_me()))) { /* its call ends */
		leave(t);
		t->oneway = false;
	}
	if (t->state == REF_RUNNABLE) {
		t->want_n = 10;
		for (unsigned i = 0; i < 10; i++)
			t->want[i] = *ref_user_word(va + i * 4);
	}
	return 0;
}

static int set_upcall(uint32_t entry, uint32_t area)
{
	if (area % 4)
		return ERR_ALIGN;
	if (entry && (entry >= USER_END || (uint64_t)area + sizeof(struct upcall) > USER_END))
		return ERR_RANGE;
	ref.now->upcall_entry = entry;
	ref.now->upcall_area = area;
	return 0;
}

static int upcall_return(uint32_t area)
{
	struct ref_thread *t = ref.now;
	uint32_t resume_pc;

	if (area % 4)
		return ERR_ALIGN;
	if (!ref_user(area, sizeof(struct upcall), F_MAP_READ) || !ref_user(area, 4, F_MAP_WRITE))
		return REF_BLOCK;
	resume_pc = *ref_user_word(area + offsetof(struct upcall, resume_pc));
	ref_state_return(t, area, resume_pc && resume_pc == *ref_user_word(area + offsetof(struct upcall, r[15])));
	if (resume_pc && resume_pc == *ref_user_word(area + offsetof(struct upcall, r[15]))) {
		uint32_t resume = *ref_user_word(area + offsetof(struct upcall, resume));

		t->batch_done = resume & 0xffff;
		t->batch_state = resume >> 16 == REF_STORE ? REF_STORE : REF_FETCH;
		t->batch_result = (int)*ref_user_word(area + offsetof(struct upcall, resume_result));
		if (*ref_user_word(area + offsetof(struct upcall, r[12])) >= CALL_LIMIT)
			return ERR_CALL;
		t->redo = true; /* the call that had faulted */
		return REF_BLOCK;
	}
	return (int)*ref_user_word(area + offsetof(struct upcall, r[0]));
}

int ref_call_thread(int number, const uint32_t *a)
{
	switch (number) {
	case CALL_thread_new:
		return new_thread(a);
	case CALL_thread_exit:
		ref_thread_end(ref.now, 0);
		return REF_BLOCK;
	case CALL_thread_park:
		return park((int64_t)((uint64_t)a[1] << 32 | a[0]));
	case CALL_thread_unpark:
		return unpark((int)a[0]);
	case CALL_thread_priority:
		return priority((int)a[0], (int)a[1]);
	case CALL_thread_regs:
		return regs((int)a[0], a[1], (int)a[2]);
	case CALL_thread_upcall:
		return set_upcall(a[0], a[1]);
	case CALL_thread_return:
		return upcall_return(a[0]);
	default:
		return 0; /* thread_yield */
	}
}
