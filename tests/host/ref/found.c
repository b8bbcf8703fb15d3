/* SPDX-License-Identifier: ISC
 * The shortest programs of mistakes that random programs have found on the model machine; each was a failure once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "boot.h"
#include "world.h"

#define CALL(name, ...) call(CALL_##name, (uint32_t[6]){__VA_ARGS__})

static int call(int number, const uint32_t *a)
{
	world_call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	return world_result();
}

/* A frame of this size that no other has been asked for. */
static int piece(uint32_t len)
{
	int id = world_piece(len);

	if (id)
		ref_frame_find(id)->taken = true;
	return id;
}

/* An L1 of mine with one page of `f` at 0. */
static int space_new(int f, int *l2_out)
{
	int l1 = piece(L1_SIZE), l2 = piece(L2_SIZE);

	CALL(frame_table, (uint32_t)l1, FRAME_L1);
	CALL(frame_table, (uint32_t)l2, FRAME_L2);
	CALL(frame_map, (uint32_t)l1, (uint32_t)l2, 0, 0, 0, F_MAP_TABLE);
	CALL(frame_map, (uint32_t)l2, (uint32_t)f, 0, 0, PAGE_SIZE, F_MAP_PAGE | F_MAP_READ);
	*l2_out = l2;
	return l1;
}

static int child_new(void)
{
	return CALL(proc_new, (uint32_t)piece(PROC_SIZE));
}

/* Identifiers ran out while a table was walked under one of them: its translations came back under the new owner's. */
static void identifiers_anew(void)
{
	int f = piece(2 * PAGE_SIZE), l2, one, two;

	one = space_new(f, &l2);
	two = space_new(piece(PAGE_SIZE), &l2);
	CALL(vspace_swap, 0, (uint32_t)one);
	model_asids_run_out(0);
	CALL(vspace_swap, 0, (uint32_t)two);
}

/* A swap took the caller's own root along, because it could be read in the new tree. */
static void swap_takes_own_root(void)
{
	int l2, l1 = space_new(ref.first->root->id, &l2), child = child_new();

	CALL(vspace_swap, (uint32_t)child, (uint32_t)l1);
}

/* A swap gave the new root back at once, because it could be read in the old tree. */
static void swap_gives_new_root_back(void)
{
	int l2, f = piece(PAGE_SIZE), one = space_new(f, &l2), two, child = child_new();

	two = piece(L1_SIZE);
	CALL(frame_table, (uint32_t)two, FRAME_L1);
	CALL(vspace_swap, (uint32_t)child, (uint32_t)one);
	CALL(frame_map, (uint32_t)l2, (uint32_t)two, PAGE_SIZE, 0, 0, F_MAP_PAGE | F_MAP_READ);
	CALL(vspace_swap, (uint32_t)child, (uint32_t)two);
}

/* The end of a time slice that nobody had any more fired the timer for ever once nobody could run. */
static void idle_after_slice(void)
{
	int l2, l1 = space_new(piece(PAGE_SIZE), &l2), child = child_new();

	CALL(vspace_swap, (uint32_t)child, (uint32_t)l1);
	CALL(proc_start, (uint32_t)child, PC, 0, 0);
	CALL(thread_new, (uint32_t)child, (uint32_t)piece(THREAD_SIZE), PC, 0, 0);
	CALL(thread_park, 100000000, 0); /* the child's two threads share the CPU now, */
	CALL(proc_exit, 0);              /* and end both */
}

/* A frame that was cleaned for one was taken for clean when another frame had been cleaned for the next. */
static void given_twice(void)
{
	int f = piece(PAGE_SIZE), other, l2, child = child_new(), mine;

	mine = space_new(f, &l2);
	other = piece(PAGE_SIZE);
	CALL(frame_map, (uint32_t)l2, (uint32_t)other, PAGE_SIZE, 0, 0, F_MAP_PAGE | F_MAP_READ);
	CALL(vspace_swap, 0, (uint32_t)mine);
	l2 = piece(L2_SIZE);
	CALL(frame_table, (uint32_t)l2, FRAME_L2);
	CALL(frame_give, (uint32_t)l2, (uint32_t)child);
	CALL(frame_map, (uint32_t)l2, (uint32_t)f, 0, 0, 0, F_MAP_PAGE | F_MAP_READ);
	CALL(frame_give, (uint32_t)f, 0);
	CALL(frame_give, (uint32_t)other, (uint32_t)child);
	CALL(frame_give, (uint32_t)f, (uint32_t)child);
}

/* ---- what random programs come to too seldom ---- */

/* Others run until it is this process's turn. */
static void turn_of(int pid)
{
	while (ref.now->proc->pid != pid)
		world_call(CALL_thread_yield, 0, 0, 0, 0, 0, 0);
}

/* A child of 8 pages at 0x10000 that runs: its L2. */
static int child_run(int *pid)
{
	int f = piece(8 * PAGE_SIZE), l2, l1 = space_new(f, &l2), records = piece(PAGE_SIZE);

	*pid = child_new();
	CALL(frame_donate, (uint32_t)records);
	CALL(frame_give, (uint32_t)records, (uint32_t)*pid);
	CALL(vspace_swap, (uint32_t)*pid, (uint32_t)l1);
	CALL(proc_start, (uint32_t)*pid, PC, 0, 0);
	return l2;
}

/* What a stranger mapped into the space of one that ended does not stay when its parent takes that over. */
static void reap_strangers_mapping(void)
{
	int dead, stranger, l2 = child_run(&dead), f = piece(PAGE_SIZE);

	child_run(&stranger);
	CALL(frame_give, (uint32_t)f, (uint32_t)stranger);
	turn_of(dead);
	CALL(frame_allow, 0, ALLOW_MAP);
	turn_of(stranger);
	CALL(frame_map, (uint32_t)l2, (uint32_t)f, 0x20000, 0, 0, F_MAP_PAGE | F_MAP_READ);
	turn_of(first_proc->info.pid);
	CALL(proc_end, (uint32_t)dead, 1);
	CALL(proc_reap, (uint32_t)dead);
}

/* Frames that were mapped in different ways become one, or room for records. */
static void sorts_of_lines(void)
{
	int two = piece(2 * PAGE_SIZE), l2 = piece(L2_SIZE), upper = CALL(frame_split, (uint32_t)two, PAGE_SIZE);
	unsigned flags = F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE;

	CALL(frame_table, (uint32_t)l2, FRAME_L2);
	CALL(frame_map, (uint32_t)l2, (uint32_t)two, 0, 0, 0, flags);
	CALL(frame_map, (uint32_t)l2, (uint32_t)upper, PAGE_SIZE, 0, 0, flags | F_MAP_UNCACHED);
	CALL(frame_unmap, (uint32_t)l2, 0, 0, 2 * PAGE_SIZE);
	CALL(frame_merge, (uint32_t)two, (uint32_t)upper);
	CALL(frame_map, (uint32_t)l2, (uint32_t)two, 0, 0, 0, flags | F_MAP_UNCACHED);
	CALL(frame_unmap, (uint32_t)l2, 0, 0, 2 * PAGE_SIZE);
	CALL(frame_donate, (uint32_t)two);
}

/* A batch takes a page away and puts another there. */
static void batch_fills(void)
{
	struct frame_op *ops;
	int f = piece(PAGE_SIZE), other, l2 = ref.first->root->slot[0].map->frame->id;
	uint32_t pa;

	CALL(frame_map, (uint32_t)l2, (uint32_t)f, 0x150000, 0, 0, F_MAP_PAGE | F_MAP_READ);
	other = piece(PAGE_SIZE);
	world_access(0x150000, F_MAP_READ);
	ref_access(ref.first, BOOT_STACK_END - PAGE_SIZE, F_MAP_WRITE, &pa);
	ops = model_memory(pa);
	ops[0] = (struct frame_op){CALL_frame_unmap, {(uint32_t)l2, 0, 0x150000, PAGE_SIZE}, 1};
	ops[1] = (struct frame_op){
		CALL_frame_map, {(uint32_t)l2, (uint32_t)other, 0x150000, 0, 0, F_MAP_PAGE | F_MAP_READ}, 1};
	CALL(frame_batch, BOOT_STACK_END - PAGE_SIZE, 2);
}

/* The owner of a table lowers the rights of another's frame there, and may not raise them again. */
static void rights_stay_low(void)
{
	int child, l2 = child_run(&child), f = piece(PAGE_SIZE);

	CALL(frame_map, (uint32_t)l2, (uint32_t)f, 0x30000, 0, 0, F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE);
	turn_of(child);
	CALL(frame_protect, (uint32_t)l2, 0, 0x30000, PAGE_SIZE, F_MAP_READ);
	CALL(frame_protect, (uint32_t)l2, 0, 0x30000, PAGE_SIZE, F_MAP_READ | F_MAP_WRITE);
	turn_of(first_proc->info.pid);
	CALL(frame_protect, (uint32_t)l2, (uint32_t)f, 0x30000, PAGE_SIZE, F_MAP_READ | F_MAP_WRITE);
}

/* A table that moves because it can be read in the new tree keeps nothing that its new owner does not allow. */
static void swap_readable_table(void)
{
	int child, l2, l1, table, f;

	child_run(&child);
	turn_of(child);
	CALL(frame_allow, (uint32_t)ref.first->pid, 0);
	turn_of(ref.first->pid);
	f = piece(PAGE_SIZE);
	l1 = space_new(piece(PAGE_SIZE), &l2);
	table = piece(L2_SIZE);
	CALL(frame_table, (uint32_t)table, FRAME_L2);
	CALL(frame_map, (uint32_t)table, (uint32_t)f, 0, 0, 0, F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE);
	CALL(frame_map, (uint32_t)l2, (uint32_t)table, PAGE_SIZE, 0, 0, F_MAP_PAGE | F_MAP_READ);
	CALL(vspace_swap, (uint32_t)child, (uint32_t)l1);
}

/* A message call without frame, or an answer to the call of that number. */
static void message_within(int number, int to, uint32_t call, int64_t timeout)
{
	uint32_t r[12] = {(uint32_t)to, 1};

	r[9] = call;
	r[10] = (uint32_t)timeout;
	r[11] = (uint32_t)((uint64_t)timeout >> 32);
	world_call_regs(number, r);
}

static void message(int number, int to)
{
	message_within(number, to, 0, -1);
}

/* While one thread's call flushes a frame page by page, another maps it cached, and unmaps it. */
static void flush_begins_anew(void)
{
	int f = piece(4 * PAGE_SIZE), l2 = piece(L2_SIZE), tid;
	unsigned flags = F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE;

	CALL(frame_table, (uint32_t)l2, FRAME_L2);
	CALL(frame_map, (uint32_t)l2, (uint32_t)f, 0, 0, 0, flags);
	CALL(frame_unmap, 0, (uint32_t)f, 0, 0);
	tid = CALL(thread_new, 0, (uint32_t)piece(THREAD_SIZE), PC, 0x18000, 0);
	CALL(thread_priority, (uint32_t)tid, 20); /* it runs */
	CALL(irq_bind, 33, 1);
	message(CALL_msg_recv, 0);
	world_irq_soon(33, 1);
	CALL(frame_map, (uint32_t)l2, (uint32_t)f, 0, 0, 0, flags | F_MAP_UNCACHED);
	CALL(frame_map, (uint32_t)l2, (uint32_t)f, 0x10000, 0, 0, flags);
	CALL(frame_unmap, 0, (uint32_t)f, 0, 0);
	CALL(thread_park, ~0u, ~0u);
}

/* Who is not called does not answer. */
static void reply_by_a_stranger(void)
{
	int caller, stranger;

	child_run(&caller);
	child_run(&stranger);
	turn_of(caller);
	message(CALL_msg_call, ref.first->pid);
	turn_of(ref.first->pid);
	message(CALL_msg_recv, 0);
	turn_of(stranger);
	message(CALL_msg_reply, caller);
	turn_of(ref.first->pid);
	message(CALL_msg_reply, caller);
	turn_of(caller);
}

/* A call that timed out is answered while its thread waits in the next one. */
static void answer_too_late(void)
{
	uint32_t late;
	int caller;

	child_run(&caller);
	turn_of(caller);
	message_within(CALL_msg_call, ref.first->pid, 0, 1000);
	turn_of(ref.first->pid);
	message(CALL_msg_recv, 0);
	late = ref_thread_find(caller)->number;
	world_time(model_time + 2000);
	turn_of(caller);
	message(CALL_msg_call, ref.first->pid);
	turn_of(ref.first->pid);
	message(CALL_msg_recv, 0);
	message_within(CALL_msg_reply, caller, late, -1);
	message_within(CALL_msg_reply, caller, ref_thread_find(caller)->number, -1);
	turn_of(caller);
}

/* Two that call each other would keep for ever what a caller from outside lent one of them for a moment. */
static void circle_of_calls(void)
{
	int one, two;

	child_run(&one);
	child_run(&two);
	turn_of(one);
	CALL(frame_allow, 0, ALLOW_SEND);
	turn_of(two);
	CALL(frame_allow, 0, ALLOW_SEND);
	turn_of(two);
	message(CALL_msg_call, one);
	turn_of(ref.first->pid);
	CALL(proc_priority, (uint32_t)two, 2);
	turn_of(one);
	message(CALL_msg_call, two);
	turn_of(ref.first->pid);
	CALL(proc_priority, (uint32_t)one, 2);
	message_within(CALL_msg_call, one, 0, 1000);
	CALL(thread_priority, 0, 5);
}

/* An answer falls to a level below which, but not below its own, something has been due since who answers was interrupted. */
static void lower_after_answer(void)
{
	int caller, sleeper;

	child_run(&caller);
	child_run(&sleeper);
	turn_of(sleeper);
	CALL(thread_park, 1000, 0); /* … at 16 */
	turn_of(caller);
	message(CALL_msg_call, ref.first->pid);
	turn_of(ref.first->pid);
	CALL(proc_priority, (uint32_t)caller, 5);
	CALL(thread_priority, 0, 20);
	message(CALL_msg_recv, 0);
	world_time(model_time + 2000); /* the sleeper waits for the first process */
	message(CALL_msg_reply_recv, caller);
	CALL(null);
}

/* A cut where mappings begin, or end, costs a credit for the frame alone. */
static void last_credit(void)
{
	int child, l2 = child_run(&child), f = ref_frame_find(l2)->slot[0].map->frame->id, upper;

	turn_of(child);
	for (uint32_t at = PAGE_SIZE; ref.now->proc->credits > 1; at += PAGE_SIZE)
		CALL(frame_map, (uint32_t)l2, (uint32_t)f, at, PAGE_SIZE, PAGE_SIZE, F_MAP_PAGE | F_MAP_READ);
	upper = CALL(frame_split, (uint32_t)f, PAGE_SIZE);
	CALL(frame_unmap, (uint32_t)l2, 0, PAGE_SIZE, PAGE_SIZE);
	CALL(frame_split, (uint32_t)upper, PAGE_SIZE);
}

/* A mapping in the last slot of a table is found there. */
static void last_slot(void)
{
	int l2 = piece(L2_SIZE), f = piece(PAGE_SIZE);
	struct mapping *m;
	uint32_t pa;

	CALL(frame_table, (uint32_t)l2, FRAME_L2);
	CALL(frame_map, (uint32_t)l2, (uint32_t)f, L2_SPAN - PAGE_SIZE, 0, 0, F_MAP_PAGE | F_MAP_READ);
	ref_access(ref.first, BOOT_STACK_END - PAGE_SIZE, F_MAP_WRITE, &pa);
	m = model_memory(pa);
	*m = (struct mapping){.t_id = l2, .f_id = f, .at = L2_SPAN - PAGE_SIZE};
	CALL(frame_maps, (uint32_t)f, BOOT_STACK_END - PAGE_SIZE);
	CALL(vspace_next, (uint32_t)l2, 0, BOOT_STACK_END - PAGE_SIZE);
}

static const struct {
	const char *name;
	void (*fn)(void);
	int cpus;
	unsigned irq_rate;
} found[] = {
	{"identifiers_anew", identifiers_anew, 2, 3},
	{"swap_takes_own_root", swap_takes_own_root, 1, 3},
	{"swap_gives_new_root_back", swap_gives_new_root_back, 1, 3},
	{"idle_after_slice", idle_after_slice, 1, 3},
	{"given_twice", given_twice, 1, 3},
	{"sorts_of_lines", sorts_of_lines, 1, 0},
	{"batch_fills", batch_fills, 2, 0},
	{"rights_stay_low", rights_stay_low, 1, 0},
	{"swap_readable_table", swap_readable_table, 1, 0},
	{"flush_begins_anew", flush_begins_anew, 1, 0},
	{"reply_by_a_stranger", reply_by_a_stranger, 1, 0},
	{"answer_too_late", answer_too_late, 1, 0},
	{"circle_of_calls", circle_of_calls, 1, 0},
	{"lower_after_answer", lower_after_answer, 1, 0},
	{"last_credit", last_credit, 1, 0},
	{"last_slot", last_slot, 1, 0},
	{"reap_strangers_mapping", reap_strangers_mapping, 1, 0},
};

int found_run(const char *name)
{
	int bad = 0, status;

	for (unsigned i = 0; i < sizeof found / sizeof *found; i++)
		for (int core = 0; core < model_cores_n && (!name || !strcmp(name, found[i].name)); core++) {
			pid_t pid;

			fflush(NULL);
			pid = fork();
			if (pid == 0) {
				world_thorough = true;
				world_trace = name != NULL;
				alarm(10);
				world_with(core, found[i].cpus, found[i].irq_rate, found[i].fn);
				exit(0);
			}
			waitpid(pid, &status, 0);
			if (status)
				printf("%s is back on %s\n", found[i].name, model_cores[core].name);
			bad += status != 0;
		}
	return bad != 0;
}
