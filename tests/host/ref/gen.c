/* SPDX-License-Identifier: ISC
 * What the bytes of a program mean: operations on processes, threads and messages, and the choice among all. */
#include "gen.h"

#define SLICE 20000000u /* ns, longer than a slice of the scheduler's */

/* ---- operations on processes and threads ---- */

static void do_thread(void)
{
	unsigned how = byte();
	uint32_t at;

	switch (how % 12) {
	case 0:
		CALL(thread_new, (uint32_t)(byte() % 2 ? 0 : proc_id(true)),
			(uint32_t)frame_id(KIND(FRAME_MEM), THREAD_SIZE), byte() == 0 ? word() : PC, 0x18000, byte());
		break;
	case 1:
		CALL(thread_new, (uint32_t)(byte() % 2 ? 0 : proc_id(true)), (uint32_t)world_piece(THREAD_SIZE), PC,
			0x18000, byte());
		break;
	case 2:
		if (ref.now != ref.first->first)
			CALL(thread_exit, 0);
		break;
	case 3:
	case 4: {
		int64_t timeout = timeout_pick();

		CALL(thread_park, (uint32_t)timeout, (uint32_t)((uint64_t)timeout >> 32));
		break;
	}
	case 5:
	case 6:
		CALL(thread_unpark, (uint32_t)thread_id(true));
		break;
	case 7:
		CALL(thread_yield, 0);
		CALL(null, 0);
		break;
	case 8:
		CALL(thread_priority, (uint32_t)(byte() % 2 ? 0 : thread_id(false)), byte() % 40);
		break;
	case 9:
		CALL(thread_regs, (uint32_t)thread_id(false), pointer(sizeof(struct regs)),
			byte() % 8 ? byte() % 2 : byte());
		break;
	case 10:
		at = pointer(sizeof(struct upcall));
		CALL(thread_upcall, byte() % 4 ? PC : byte() % 2 ? 0 : word(), byte() == 0 ? word() : at);
		break;
	default:
		if (work_busy()) /* what it reads may be the old or the new */
			break;
		at = ref.now->upcall_area;
		CALL(thread_return, byte() % 8 ? at : pointer(sizeof(struct upcall)));
	}
}

static void do_proc(void)
{
	unsigned how = byte();
	uint32_t out;
	int64_t timeout;

	switch (how % 14) {
	case 0:
		CALL(proc_new, (uint32_t)frame_id(KIND(FRAME_MEM), PROC_SIZE));
		break;
	case 1:
		CALL(proc_start, (uint32_t)proc_id(true), byte() == 0 ? word() : PC, 0x18000, byte());
		break;
	case 2:
		CALL(proc_stop, (uint32_t)proc_id(true));
		break;
	case 3:
	case 4:
		CALL(proc_resume, (uint32_t)proc_id(true));
		break;
	case 5: {
		int pid = proc_id(true);

		if (pid || ref.now->proc != ref.first)
			CALL(proc_end, (uint32_t)pid, byte());
		break;
	}
	case 6:
		if (ref.now->proc != ref.first && byte() % 2)
			CALL(proc_exit, byte());
		break;
	case 7:
		CALL(proc_priority, (uint32_t)proc_id(true), byte() % 40);
		break;
	case 8:
		timeout = timeout_pick();
		out = byte() % 4 ? 0 : pointer(4);
		CALL(proc_wait, (uint32_t)proc_id(true), 0, (uint32_t)timeout, (uint32_t)((uint64_t)timeout >> 32),
			out);
		break;
	case 9:
	case 10:
		CALL(proc_reap, (uint32_t)proc_id(true));
		break;
	case 11:
		CALL(proc_watch, (uint32_t)proc_id(false), byte() % 34 - 1);
		break;
	case 12:
		CALL(proc_pager, (uint32_t)(byte() % 4 ? proc_id(true) : 0),
			(uint32_t)(byte() % 4 ? proc_id(false) : 0));
		break;
	default:
		CALL(frame_allow, (uint32_t)(byte() % 4 ? proc_id(false) : 0), byte() == 0 ? word() : byte() % 8);
	}
}

/* ---- messages, interrupts, time ---- */

/* Somebody who waits for an answer of mine; or of anybody. */
static int caller_id(void)
{
	unsigned n = byte(), any = n % 8 == 7, found = 0;
	int list[REF_THREADS];

	for (int i = 0; i < REF_THREADS; i++)
		if (ref.thread[i].used && ref.thread[i].state == REF_REPLY &&
			(any || ref.thread[i].peer == ref.now->proc))
			list[found++] = ref.thread[i].id;
	return found && n < 250 ? list[n % found] : thread_id(false);
}

/* Whom the running process has to receive, or to answer; NULL: nobody. */
static const struct ref_thread *peer_in(enum ref_state state)
{
	return ref_first_in(state, ref.now->proc);
}

/* Somebody waits for this process more often than not: then it receives or answers. */
static int message_number(unsigned how)
{
	static const int calls[] = {CALL_msg_call, CALL_msg_send, CALL_msg_recv, CALL_msg_reply, CALL_msg_reply_recv,
		CALL_msg_recv, CALL_msg_reply, CALL_msg_call};

	if (how % 4 == 1 && peer_in(REF_REPLY))
		return how % 8 == 1 ? CALL_msg_reply : CALL_msg_reply_recv;
	if (how % 4 == 2 && peer_in(REF_SEND))
		return CALL_msg_recv;
	return calls[how / 4 % 8];
}

/* A fault is answered with 0, which lets its thread go on, more often than not. */
static uint32_t message_tag(int number, int to, unsigned how)
{
	const struct ref_thread *t = ref_thread_find(to);

	if (number >= CALL_msg_reply && t && t->fault && how % 8)
		return 0;
	return how > 250 ? MSG_RESERVED + how : how % 3;
}

/* Which call of `to` is answered: whichever it is, that one more often than not, an older one, none. */
static uint32_t message_call(int to, unsigned how)
{
	const struct ref_thread *t = ref_thread_find(to);

	if (!t || how % 4 == 0)
		return 0;
	return how % 16 == 1 ? t->number - 1 - how / 16 % 2 : t->number;
}

static void do_message(void)
{
	int number = message_number(byte());
	unsigned how = byte();
	int64_t timeout = timeout_pick();
	uint32_t r[12] = {0};

	r[0] = (uint32_t)(number == CALL_msg_reply || number == CALL_msg_reply_recv ? how % 16 ? caller_id() : 0
										    : proc_id(false));
	r[1] = message_tag(number, (int)r[0], how);
	if (how % 4 == 0)
		r[2] = (uint32_t)frame_id(how & 64 ? ANY : KIND(FRAME_MEM), 0);
	for (int i = 3; i < 9; i++)
		r[i] = how * (unsigned)i;
	r[9] = message_call((int)r[0], byte());
	r[10] = (uint32_t)timeout;
	r[11] = (uint32_t)((uint64_t)timeout >> 32);
	world_call_regs(number, r);
}

/* Somebody else who could run. */
static bool others_run(void)
{
	for (int i = 0; i < REF_THREADS; i++)
		if (ref.thread[i].used && &ref.thread[i] != ref.now && ref.thread[i].state == REF_RUNNABLE &&
			ref.thread[i].proc->state == PROC_RUNNING)
			return true;
	return false;
}

/* Who waits to receive, and without a time limit, if there is anybody. */
static const struct ref_thread *receiver_any(void)
{
	unsigned from = byte();

	for (unsigned i = 0; i < REF_THREADS; i++) {
		const struct ref_thread *t = &ref.thread[(from + i) % REF_THREADS];

		if (t->used && t->state == REF_RECV)
			return t;
	}
	return NULL;
}

/* A conversation without time limits, so that it can go straight: answers who waits for that, calls who waits to receive, or
 * waits itself, if somebody else can run. */
static void talk_once(void)
{
	unsigned how = byte();
	const struct ref_thread *caller = peer_in(REF_REPLY), *receiver = receiver_any();
	uint32_t r[12] = {[1] = how % 3, [3] = how, [8] = byte(), [10] = ~0u, [11] = ~0u};

	if (caller && how % 8) {
		r[0] = (uint32_t)caller->id;
		r[1] = message_tag(CALL_msg_reply_recv, caller->id, how);
		r[9] = message_call(caller->id, how / 8);
		world_call_regs(CALL_msg_reply_recv, r);
	} else if (receiver && how % 4) {
		r[0] = (uint32_t)receiver->proc->pid;
		world_call_regs(CALL_msg_call, r);
	} else if (others_run()) {
		world_call_regs(CALL_msg_recv, r);
	}
}

static void do_talk(void)
{
	for (unsigned n = 1 + byte() % 8; n; n--)
		talk_once();
}

static void do_event(void)
{
	unsigned how = byte();

	switch (how % 9) {
	case 0:
		CALL(msg_notify, (uint32_t)proc_id(false), byte());
		break;
	case 1:
		CALL(irq_allow, (uint32_t)proc_id(false), byte() % 66);
		break;
	case 2:
		CALL(irq_bind, 32 + byte() % 4, byte() % 35 - 1);
		break;
	case 3:
		CALL(irq_ack, byte() % 8 ? 32 + byte() % 4 : word());
		break;
	case 4:
		world_irq((int)(32 + byte() % 4));
		break;
	case 5:
		CALL(time_alarm, (uint32_t)model_time + byte() * 64u, byte() % 16 ? 0 : word(), byte() % 34);
		break;
	case 6:
		CALL(time_now, 0);
		break;
	default:
		world_time(model_time + byte() * 256u + (byte() % 2 ? SLICE : 0));
	}
}

/* A fault of the first process that nobody answers ends the program: so its handler is free, and has a place for what is saved. */
static void handler_ready(void)
{
	uint32_t area = HANDLER_AREA, pa;

	if (fault_handled())
		return;
	if (!ref_access(ref.first, area, F_MAP_WRITE, &pa))
		area = pointer(sizeof(struct upcall));
	if (!ref_access(ref.first, area, F_MAP_WRITE, &pa))
		return;
	*(uint32_t *)model_reach(pa, true) = 0; /* what a handler does that returns without a call */
	CALL(thread_upcall, PC, area);
}

void op_run(const uint8_t *bytes)
{
	static const unsigned rights[] = {F_MAP_READ, F_MAP_WRITE, F_MAP_EXEC, F_MAP_READ};
	unsigned what;

	op_begin(bytes);
	handler_ready();
	what = byte() % 88;
	if (what < 3)
		do_split();
	else if (what < 5)
		do_merge();
	else if (what < 8)
		do_give();
	else if (what < 11)
		do_table();
	else if (what < 20)
		do_mapping(map_args, CALL_frame_map);
	else if (what < 24)
		do_mapping(unmap_args, CALL_frame_unmap);
	else if (what < 27)
		do_mapping(protect_args, CALL_frame_protect);
	else if (what < 31)
		do_batch();
	else if (what < 32)
		do_cache();
	else if (what < 33)
		CALL(frame_donate, (uint32_t)frame_id(KIND(FRAME_MEM), byte() % 4 ? PAGE_SIZE : 0));
	else if (what < 37)
		do_look();
	else if (what < 40)
		do_swap();
	else if (what < 41)
		child_make(byte());
	else if (what < 45)
		do_proc();
	else if (what < 49)
		do_thread();
	else if (what < 54)
		do_message();
	else if (what < 57)
		do_event();
	else if (what < 61)
		world_access(address(), rights[byte() % 4]);
	else if (what < 63)
		world_hop((int)byte() % 4);
	else if (what < 69)
		do_special();
	else if (what < 71)
		do_edge();
	else if (what < 72)
		world_irq_soon((int)(32 + byte() % 4), byte() % 8);
	else if (what < 76)
		do_message();
	else if (what < 80)
		do_talk();
	else if (what < 84)
		do_thread();
	else
		do_event();
}

void op_prepare(void)
{
	static const uint32_t lens[] = {PAGE_SIZE, PAGE_SIZE, 4 * PAGE_SIZE, PROC_SIZE, L1_SIZE, L2_SIZE, L2_SIZE,
		0x10000, PAGE_SIZE, L1_SIZE, SECTION_SIZE, L2_SPAN};
	static const uint8_t none[OP_LEN];

	op_begin(none);
	CALL(thread_upcall, PC, HANDLER_AREA);
	child_make(0);
	child_make(8);
	for (unsigned i = 0; i < sizeof lens / sizeof *lens; i++)
		world_piece(lens[i]);
	for (unsigned i = 0; i < 3; i++) {
		int l2 = world_piece(L2_SIZE), l1 = i ? 0 : world_piece(L1_SIZE);

		CALL(frame_table, (uint32_t)l2, FRAME_L2);
		if (l1)
			CALL(frame_table, (uint32_t)l1, FRAME_L1);
	}
}
