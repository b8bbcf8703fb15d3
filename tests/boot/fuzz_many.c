/* SPDX-License-Identifier: ISC
 * A million random calls, or as many as FUZZ_CALLS says, from several processes of two threads at once and from the
 * children that they make (fuzz_child.h), while an alarm and a device's line interrupt them.  This program is their
 * parent and pager: it answers faults as luck has it, and stops, ends, takes over and makes anew.  In the kernel for
 * tests frame_check judges after each call.  All that they have is cut from one frame, the pool; every round ends with
 * the pool in one piece again, which shows that nothing was lost.  It cannot show what the calls answer: models do. */
#include <stdio.h>
#include <string.h>
#include <proto.h>
#include "fuzz_child.h"
#include "fuzz_pool.h"

#define FUND_LEN    (32 * PAGE_SIZE)
#define DIRECT      4     /* children of mine, at the first slots */
#define ROUND_CALLS 20000 /* then all are ended */
#define ROUND_TIME  MS(20000)
#define MORE_MAX    5000 /* calls of a thread between two looks */
#define QUIET_MAX   8
#define ALARM_BIT   1
#define DEVICE_BIT  2
#define CPSR_T      (1u << 5)

enum { LOAD, VALUE, CONTROL, INT_CLEAR };

#define ONE_SHOT_1MHZ (1u << 7 | 1u << 6 | 1u << 5 | 1u << 1 | 1u)

static struct luck luck;   /* mine */
static struct arena *bank; /* where I see it */
static int bank_f;
static volatile uint32_t *timer; /* the device; NULL: this board has none */
static int timer_f;
static uint32_t counted[PLACES], made; /* of this round */
static int quiet[DIRECT];              /* how often nothing was heard of the child at a slot */
static unsigned born_n, ended_n, faults_n, interrupts_n;

/* ---- the children of mine ---- */

/* False: no memory is left, or no credits. */
static bool child_put(unsigned slot)
{
	int l1 = table_take(FRAME_L1), l2 = table_take(FRAME_L2), proc = pool_take(PROC_SIZE, PAGE_SIZE);
	int records = pool_take(PAGE_SIZE, PAGE_SIZE);
	size_t len = slot ? FUND_LEN : SECTION_SIZE;
	int fund = pool_take(len, slot ? L1_SIZE : SECTION_SIZE), pid = proc_new(proc);

	bank->pid[slot] = pid;
	quiet[slot] = 0;
	if (pid < 0 || frame_map(l1, l2, 0, 0, 0, F_MAP_TABLE) < 0 || frame_donate(records) < 0)
		return false;
	frame_give(records, pid);
	frame_give(fund, pid);
	CHECK_OK(proc_priority(pid, 1 + (int)(luck_next(&luck) >> 4) % 3));
	born_n++;
	return vspace_swap(pid, l1) == 0 &&
	       proc_start(pid, (uintptr_t)fuzz_begin, stack_of(2 * slot) + PAGE_SIZE, 2 * slot) == 0;
}

/* Ends it, if it has not ended, and makes another in its place. */
static bool child_renew(unsigned slot, int pid)
{
	proc_end(pid, 0);
	proc_reap(pid);
	ended_n++;
	pool_tidy();
	return child_put(slot);
}

/* A child of mine has ended: one at a slot is made anew, others only taken over. */
static bool child_ended(int pid)
{
	for (unsigned slot = 0; slot < DIRECT; slot++)
		if (bank->pid[slot] == pid)
			return child_renew(slot, pid);
	proc_reap(pid);
	ended_n++;
	return true;
}

/* Another root under a running child: it goes on in an empty space, which is filled as it faults. */
static void child_move(int pid)
{
	int l1 = table_take(FRAME_L1);

	if (one_in(&luck, 4))
		proc_stop(pid);
	vspace_swap(pid, l1);
	proc_resume(pid);
}

/* A thread goes on with the registers that it has, or where its access returns to; a call that it waits in ends. */
static void child_regs(int tid, bool skip)
{
	struct regs regs;

	proc_stop(tid);
	if (thread_regs(tid, &regs, 0) == 0) {
		if (skip) {
			regs.r[15] = regs.r[14] & ~1u;
			regs.cpsr = (regs.cpsr & ~CPSR_T) | (regs.r[14] & 1 ? CPSR_T : 0);
		}
		thread_regs(tid, &regs, 1);
	}
	proc_resume(tid);
}

static uint32_t slot_calls(unsigned slot)
{
	return bank->calls[2 * slot] + bank->calls[2 * slot + 1];
}

static int slot_quiet(unsigned slot)
{
	static uint32_t heard[DIRECT];

	quiet[slot] = heard[slot] == slot_calls(slot) ? quiet[slot] + 1 : 0;
	heard[slot] = slot_calls(slot);
	return quiet[slot];
}

/* Does something to one of them; what is stuck goes on, or is made anew.  False: it could not be made. */
static bool meddle(void)
{
	uint32_t n = luck_next(&luck) >> 4;
	unsigned slot = n % DIRECT;
	int pid = bank->pid[slot], other = bank->pid[n / 4 % SLOTS], still = slot_quiet(slot);

	if (still > QUIET_MAX)
		return child_renew(slot, pid);
	if (still) {
		proc_resume(pid);
		proc_pager(pid, bank->keeper);
		msg_notify(pid, n);
		return true;
	}

	switch (n / 256 % 24) {
	case 0:
		return n / 8192 % 8 ? true : child_renew(slot, pid);
	case 1:
	case 2:
		child_move(pid);
		break;
	case 3:
	case 4:
		proc_stop(pid);
		break;
	case 5:
		child_regs(pid, false);
		break;
	case 6:
		frame_allow(pid, (int)(n / 8192 % 8));
		break;
	case 7:
		proc_priority(pid, 1 + (int)(n / 8192 % 3));
		break;
	case 8:
		proc_pager(pid, n & 8192 ? other : 0);
		break;
	case 9:
		frame_give(pool_take(PAGE_SIZE, PAGE_SIZE), pid);
		break;
	case 10:
		frame_unmap(vspace_root(pid), 0, PLAY_VA, PLAY_LEN);
		break;
	case 11:
		if (timer)
			irq_allow(pid, bank->irq);
		break;
	default:
		msg_notify(other, n);
	}
	return true;
}

/* ---- faults ---- */

/* Maps `len` bytes (at most) of a frame of mine at va, where the walk in root ended in table t. */
static int fill(int root, int t, uintptr_t va, int f_id, size_t offset, size_t len, int rights)
{
	int result;

	if (t == root) {
		t = table_take(FRAME_L2);
		result = frame_map(root, t, va & ~(uintptr_t)(L2_SPAN - 1), 0, 0, F_MAP_TABLE);
		if (result < 0)
			return result;
	}
	va &= L2_SPAN - 1;
	result = frame_map(t, f_id, va, offset, len, F_MAP_PAGE | rights);
	if (result == ERR_EXISTS)
		result = frame_protect(t, f_id, va, len, rights);
	return result;
}

/* The program's and the bank's pages stand in the children's tables where they stand in mine. */
static int fill_needed(const struct msg *m, uintptr_t va)
{
	size_t offset = va - BANK_VA;
	int f_id = bank_f, rights = RW;
	uint32_t desc;

	if (va >= USER_START) {
		if (!vm_walk((void *)va, &desc))
			return ERR_NOMAP;
		f_id = vm_frame((void *)va, &offset);
		rights = F_MAP_READ | F_MAP_EXEC;
	}
	return f_id < 0 ? f_id : fill((int)m->word[3], (int)m->word[4], va, f_id, offset, PAGE_SIZE, rights);
}

/* What a process cannot go on without. */
static bool fault_needed(uintptr_t va, uint32_t kind)
{
	if (kind & (FAULT_UNDEFINED | FAULT_ALIGNMENT))
		return false;
	if (va >= USER_START && va < L2_SPAN)
		return !(kind & FAULT_WRITE);
	return va >= BANK_VA && va < BANK_VA + BANK_LEN && !(kind & FAULT_EXEC);
}

static void fault_serve(struct msg *m)
{
	uintptr_t va = m->word[0] & ~(uintptr_t)(PAGE_SIZE - 1);
	bool needed = fault_needed(va, m->word[2]);
	int tid = m->from, tag = 0, f_id;
	uint32_t n = luck_next(&luck) >> 4;

	faults_n++;
	if (needed) {
		tag = fill_needed(m, va) < 0 || n % 1024 == 0;
	} else if (n % 4 == 0) {
		tag = n % 16 == 0;
	} else if (n % 4 == 1) {
		child_regs(tid, access_made(m->word[1]));
	} else {
		f_id = pool_take(PAGE_SIZE, PAGE_SIZE);
		tag = fill((int)m->word[3], (int)m->word[4], va, f_id, 0, PAGE_SIZE, n & 16 ? RW : F_MAP_RIGHTS) < 0;
	}
	*m = (struct msg){.tag = tag};
	msg_reply(tid, m);
}

/* ---- what wakes me ---- */

static void timer_fire(void)
{
	timer[CONTROL] = 0;
	timer[INT_CLEAR] = 1;
	timer[LOAD] = 100 + (luck_next(&luck) >> 4) % 2000;
	timer[CONTROL] = ONE_SHOT_1MHZ;
	irq_ack(bank->irq);
}

static bool notified(uint32_t bits)
{
	bool going;

	interrupts_n++;
	if (timer && (bits & 1u << DEVICE_BIT))
		timer_fire();
	if (!(bits & 1u << ALARM_BIT))
		return true;
	going = meddle();
	CHECK_OK(time_alarm(time_now() + MS(1) / 4 + (int64_t)(luck_next(&luck) % (uint32_t)MS(2)), ALARM_BIT));
	return going;
}

/* Answers with a frame now and then, or not at all. */
static void message_serve(struct msg *m)
{
	struct msg answer = {.tag = 1, .frame = one_in(&luck, 4) ? pool_take(PAGE_SIZE, PAGE_SIZE) : 0};

	if (!one_in(&luck, 8))
		msg_reply(m->from, &answer);
}

/* False: the round is over, for lack of memory. */
static bool serve(void)
{
	struct msg m = {0};

	if (msg_recv(&m, MS(50)) < 0)
		return meddle();
	switch (m.tag) {
	case MSG_NOTIFY:
		return notified(m.word[0]);
	case MSG_DIED:
		return child_ended(m.from);
	case MSG_FAULT:
		fault_serve(&m);
		return true;
	default:
		message_serve(&m);
		return true;
	}
}

/* ---- rounds ---- */

/* The calls of this round.  A thread whose stack or registers were lost may write over the counts: what cannot be
 * since they were last looked at does not count. */
static uint32_t calls_made(void)
{
	for (int n = 0; n < PLACES; n++) {
		uint32_t now = bank->calls[n], more = now - counted[n];

		made += more < MORE_MAX ? more : 0;
		counted[n] = now;
	}
	return made;
}

/* The line is mine; it is the first process's if a child had it when it ended. */
static void device_take(void)
{
	struct proc_info me;
	struct msg m = {.tag = INIT_DEVICE, .word = {0}};

	CHECK_OK(proc_info(0, &me));
	strncpy((char *)m.word, "timer23", sizeof m.word - 1);
	CHECK_OK(msg_call(me.pager, &m, PATIENT));
	if (m.tag < 0)
		return;
	timer_f = m.frame;
	bank->irq = (int)m.word[0];
	timer = vm_map(timer_f, 0, 0, RW);
	CHECK(timer);
	CHECK_OK(irq_bind(bank->irq, DEVICE_BIT));
	timer_fire();
}

static void device_leave(void)
{
	if (!timer)
		return;
	timer[CONTROL] = 0;
	timer[INT_CLEAR] = 1;
	CHECK_OK(vm_unmap((void *)(uintptr_t)timer, PAGE_SIZE));
	device_return(timer_f);
	timer = NULL;
}

/* The process that lives in a PROC frame of mine: its information page says who it is. */
static int proc_in(int f_id)
{
	const struct proc_info *info = vm_map(f_id, 0, PAGE_SIZE, F_MAP_READ);
	int pid;

	CHECK(info);
	pid = info->pid;
	CHECK_OK(vm_unmap((void *)(uintptr_t)info, PAGE_SIZE));
	return pid;
}

/* Ends and takes over every child, those that passed to me when their parents ended too. */
static void children_clear(void)
{
	struct frame f;

	for (int f_id = CHECK_OK(frame_next(0, 0)); f_id; f_id = CHECK_OK(frame_next(0, f_id))) {
		CHECK_OK(frame_info(f_id, &f));
		if (f.kind != FRAME_PROC || !in_pool(&f))
			continue;
		proc_end(proc_in(f_id), 0);
		CHECK_OK(proc_reap(proc_in(f_id)));
		f_id = 0; /* there are others now */
	}
}

/* Credits that my room for records brought, less what is free: frames, mappings, grants. */
static int credits_used(void)
{
	struct frame f;
	int brought = 0;

	for (int f_id = CHECK_OK(frame_next(0, 0)); f_id; f_id = CHECK_OK(frame_next(0, f_id)))
		if (frame_info(f_id, &f) == 0 && f.kind == FRAME_RECORDS)
			brought += (int)(f.len / PAGE_SIZE) * 63;
	return brought - credits_free();
}

/* The pool is in one piece again, nothing is mapped, and I have what I had. */
static void round_check(int frames, int used)
{
	struct frame f;
	struct msg m;

	children_clear();
	CHECK_OK(time_alarm(-1, ALARM_BIT));
	while (msg_recv(&m, 0) == 0)
		;
	/* A frame's record may lie in a page whose own record lies in another page: one a pass. */
	for (int n = 0; n < 64 && (spare_n != 1 || frames_owned() > frames); n++)
		pool_tidy();
	if (spare_n != 1)
		pool_show();
	CHECK_EQ(spare_n, 1);
	CHECK_OK(frame_info(spare[0].f_id, &f));
	CHECK_EQ(f.f_id, pool.f_id);
	CHECK_EQ(f.pa, pool.pa);
	CHECK_EQ(f.len, POOL_LEN);
	CHECK_EQ(f.maps, 0);
	CHECK_EQ(frame_mappings(bank_f), 1);
	/* The library may have joined frames of its pool meanwhile, or turned a page of room back. */
	CHECK(frames_owned() <= frames);
	CHECK_EQ(credits_used() - frames_owned(), used - frames);
}

/* The calls that were made. */
static uint32_t round_run(uint32_t calls)
{
	int64_t end = time_now() + ROUND_TIME;
	bool going = true;

	memset(bank, 0, PAGE_SIZE);
	memset(counted, 0, sizeof counted);
	made = 0;
	bank->keeper = thread_self();
	bank->seed = luck_next(&luck);
	device_take();
	for (unsigned slot = 0; slot < DIRECT; slot++)
		going = child_put(slot) && going;
	CHECK(going);
	CHECK_OK(time_alarm(time_now(), ALARM_BIT));
	while (going && calls_made() < calls && time_now() < end)
		going = serve();
	return calls_made();
}

static void bank_make(void)
{
	bank_f = mem_new(BANK_LEN);
	bank = vm_map(bank_f, 0, 0, RW);
	CHECK(bank);
	pool.f_id = CHECK_OK(page_alloc(POOL_LEN, SECTION_SIZE));
	CHECK_OK(frame_info(pool.f_id, &pool));
	CHECK_OK(frame_unmap(0, pool.f_id, 0, 0));
}

TEST("random calls from many threads of many processes, amid faults, interrupts and deaths, lose no frame and no "
     "credit")
{
	uint32_t calls = (uint32_t)test_setting("FUZZ_CALLS", 20000), total = 0, rounds = 0;
	int frames, used;

	luck.state = (uint32_t)test_setting("FUZZ_SEED", 1) * 2654435761u | 1;
	page_credits(1024);
	bank_make();
	CHECK_OK(frame_allow(0, ALLOW_SEND | ALLOW_GIVE));
	for (; total < calls; rounds++) {
		device_leave();
		pool_tidy();
		frames = frames_owned();
		used = credits_used();
		uint32_t more = round_run(calls - total < ROUND_CALLS ? calls - total : ROUND_CALLS);

		CHECK(more > 100);
		total += more;
		device_leave();
		round_check(frames, used);
	}
	printf("  %lu calls in %lu rounds: %u processes made, %u ended, %u faults, %u interrupts\n",
		(unsigned long)total, (unsigned long)rounds, born_n, ended_n, faults_n, interrupts_n);
}
