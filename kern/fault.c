/* SPDX-License-Identifier: ISC
 * Faults: to the thread's own handler, else as a message to the pager, else to the parent.  Also the kernel's accesses
 * to user memory, which fault as the thread's own would: then the call is done again when the fault is repaired, or
 * answers ERR_POINTER.  A call is only done again from a point at which it has changed nothing. */
#include "msg_regs.h"

/* ---- user memory ---- */

static void fault_send(struct thread *t);

int fault_in_call(void)
{
	struct cpu *cpu = cpu_here();
	struct thread *t = cpu->current;

	if (cpu->fault_address >= USER_END) {
		call_forget(t);
		return ERR_POINTER; /* nobody can repair that */
	}
	t->fault_address = cpu->fault_address;
	t->fault_kind = cpu->fault_status;
	t->flags |= TF_INCALL;
	fault_send(t);
	cpu->resched = 1; /* even if it goes on at once, in its handler: what it returns is no result */
	return CALL_AGAIN;
}

bool copy_in(void *to, va_t from, uint32_t len, int *out)
{
	if (user_read(to, from, len) == 0)
		return true;
	*out = fault_in_call();
	return false;
}

bool copy_out(va_t to, const void *from, uint32_t len, int *out)
{
	if (user_write(to, from, len) == 0)
		return true;
	*out = fault_in_call();
	return false;
}

/* ---- what happened ---- */

/* Where the walk for t's fault ended, and whether something is mapped there. */
static void fault_walk(struct thread *t)
{
	const struct frame_rec *table = t->proc->root;
	uint32_t low = t->fault_address, s;
	const struct map_rec *m;

	t->fault_kind &= ~(uint32_t)(FAULT_NOMAP | FAULT_RIGHT);
	t->fault_table = 0;
	if (table)
		t->fault_table = table->id;
	if (low >= USER_END) {
		t->fault_kind |= FAULT_RIGHT;
		return;
	}
	for (; table; table = m->frame) {
		t->fault_table = table->id;
		s = table_shadow(table)[low >> table_shift(table)];
		m = map_of(s);
		if (!s)
			break;
		if (!(m->flags & F_MAP_TABLE)) {
			t->fault_kind |= FAULT_RIGHT;
			return;
		}
		low -= m->at;
	}
	t->fault_kind |= FAULT_NOMAP;
}

/* ---- the thread's own handler ---- */

/* Saves what was interrupted in the area and enters the handler; false: the area cannot be used now. */
static bool upcall(struct thread *t)
{
	struct upcall area;

	if (user_read(&area.busy, t->upcall_area, sizeof area.busy) || area.busy)
		return false;
	area.busy = 1;
	area.address = t->fault_address;
	area.kind = t->fault_kind;
	area.table = (uint32_t)t->fault_table;
	area.cpsr = t->cpsr;
	for (unsigned i = 0; i < 15; i++)
		area.r[i] = t->r[i];
	area.resume = (uint32_t)t->batch_state << 16 | t->batch_done;
	area.resume_result = (uint32_t)t->batch_op.result;
	area.resume_pc = 0;
	area.r[15] = (t->flags & TF_INCALL ? call_address(t) : t->r[15]) | (cpsr_thumb(t->cpsr) ? 1u : 0);
	if (t->flags & TF_INCALL)
		area.resume_pc = area.r[15];
	/* busy is written last: an area that turns out to be no memory is not half taken. */
	if (user_write(t->upcall_area + 4, &area.address, sizeof area - 4) ||
		user_write(t->upcall_area, &area.busy, sizeof area.busy))
		return false;
	t->r[0] = t->upcall_area;
	t->r[1] = area.address;
	t->r[2] = area.kind;
	t->r[13] &= ~7u;
	thread_jump(t, t->upcall_entry);
	if (t->flags & TF_INCALL) {
		t->flags &= (uint8_t) ~(TF_INCALL | TF_CALL);
		call_forget(t); /* the handler may make calls of its own; the area remembers */
	}
	return true;
}

int call_thread_upcall(va_t entry, va_t area)
{
	struct thread *t = current();

	if (area % 4)
		return ERR_ALIGN;
	if (entry && (entry >= USER_END || area >= USER_END || sizeof(struct upcall) > USER_END - area))
		return ERR_RANGE;
	t->upcall_entry = entry;
	t->upcall_area = area;
	return 0;
}

/* The call that had faulted on a pointer is made again from here: the thread stands behind its instruction, as its cpsr does (the IT bits
 * are those of what follows).  A batch goes on where it was.  Whoever forges that makes calls of its own. */
static int call_resume(struct thread *t, const struct upcall *area)
{
	t->batch_done = area->resume & 0xffff;
	t->batch_state = area->resume >> 16 == BATCH_STORE ? BATCH_STORE : BATCH_FETCH;
	t->batch_op.result = (int)area->resume_result;
	t->r[15] += cpsr_thumb(t->cpsr) ? 2 : 4;
	if (t->r[12] >= CALL_LIMIT)
		return ERR_CALL;
	t->flags |= TF_CALL;
	cpu_here()->resched = 1;
	return CALL_AGAIN;
}

int call_thread_return(va_t user)
{
	struct thread *t = current();
	struct upcall area;
	uint32_t busy = 0;
	int result;

	if (user % 4)
		return ERR_ALIGN;
	if (!copy_in(&area, user, sizeof area, &result) || !copy_out(user, &busy, sizeof busy, &result))
		return result;
	for (unsigned i = 0; i < 15; i++)
		t->r[i] = area.r[i];
	thread_resume(t, area.r[15], area.cpsr);
	return area.resume_pc && area.resume_pc == area.r[15] ? call_resume(t, &area) : (int)t->r[0];
}

/* ---- pager and parent ---- */

void fault_fill(struct thread *to, const struct thread *t)
{
	const uint32_t word[MSG_WORDS] = {t->fault_address, t->flags & TF_INCALL ? call_address(t) : t->r[15],
		t->fault_kind, (uint32_t)t->proc->info.root, (uint32_t)t->fault_table, 0};

	to->r[0] = 0;
	to->r[1] = MSG_FAULT;
	to->r[2] = 0;
	for (unsigned i = 0; i < MSG_WORDS; i++)
		to->r[3 + i] = word[i];
	to->r[9] = (uint32_t)t->id;
	to->r[10] = (uint32_t)t->proc->info.pid;
	to->r[11] = t->call;
}

/* Who is to answer is just ending: first that goes on, then the access, or its call, is tried again, and then there is
 * somebody else. */
static void fault_later(struct thread *t)
{
	if (t->flags & TF_INCALL)
		t->flags = (uint8_t)((t->flags & ~TF_INCALL) | TF_CALL);
	cpu_here()->resched = 1;
	KASSERT(work_busy(), t->id, t->proc->info.pid);
	work_run();
}

/* Who is to answer t's fault. */
static struct proc *fault_to(const struct thread *t)
{
	struct proc *to = t->proc->pager ? t->proc->pager : t->proc->parent;

	if (!to)
		machine_end(139); /* the first process's own fault: nobody is there to answer */
	return to;
}

static void fault_queue(struct thread *t, struct proc *to)
{
	t->flags = (uint8_t)((t->flags | TF_FAULT) & ~TF_ONEWAY);
	t->state = T_SEND;
	t->peer = to;
	msg_number(cpu_here(), t);
	lend_begin(t);
	port_queue(to, t);
}

/* The running thread's fault: it stops being the running one, and waits for an answer. */
static void fault_send(struct thread *t)
{
	struct proc *to;

	fault_walk(t);
	t->proc->info.faults++;
	if (t->upcall_entry && upcall(t))
		return;
	to = fault_to(t);
	if (!proc_live(to)) {
		fault_later(t);
		return;
	}
	if (!(t->flags & TF_INCALL) && fault_straight(t, to))
		return;
	fault_queue(t, to);
	sched_stop(t);
}

void fault_resend(struct thread *t)
{
	struct proc *to = fault_to(t);

	/* Whoever ends has given up its clients and children before. */
	KASSERT(proc_live(to), t->id, to->info.pid);
	fault_walk(t);
	fault_queue(t, to);
}

int fault_answer(struct thread *t, int tag)
{
	bool in_call = (t->flags & TF_INCALL) != 0;

	list_del(&t->queue);
	lend_end(t);
	t->state = T_PARKED; /* in no queue */
	t->flags &= (uint8_t) ~(TF_FAULT | TF_INCALL);
	if (tag == 0) {
		if (in_call)
			t->flags |= TF_CALL;
		thread_ready(t);
		return 0;
	}
	if (in_call) {
		call_forget(t);
		t->flags &= (uint8_t)~TF_CALL;
		t->r[0] = (uint32_t)ERR_POINTER;
		thread_ready(t);
		return 0;
	}
	return thread_end(t, tag);
}

/** From trap.S: the current thread's access or instruction failed. */
void fault_user(uint32_t address, uint32_t kind)
{
	struct thread *t = current();

	lent_settle();
	t->fault_address = address;
	t->fault_kind = kind;
	fault_send(t);
}
