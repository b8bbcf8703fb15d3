/* SPDX-License-Identifier: ISC
 * Arguments at the very edge of what is allowed, and one step beyond: what random ones come to too seldom. */
#include "gen.h"

/* An edge, or one step past it. */
static uint32_t edge(uint32_t at, uint32_t step)
{
	return byte() % 2 ? at : at + step;
}

static uint32_t my_frame(int kind, uint32_t len)
{
	const struct ref_frame *f = frame_nth(ref.now->proc, KIND(kind), len, byte());

	return f ? (uint32_t)f->id : 0;
}

/* The last pages of an L2, from a frame that has more. */
static void edge_map(void)
{
	uint32_t n = 1 + byte() % 3;

	CALL(frame_map, my_frame(FRAME_L2, 0), my_frame(FRAME_MEM, 4 * PAGE_SIZE), L2_SPAN - n * PAGE_SIZE, 0,
		edge(n * PAGE_SIZE, PAGE_SIZE), F_MAP_PAGE | F_MAP_READ);
}

static void edge_table(void)
{
	uint32_t at = edge(USER_END - L2_SPAN, L2_SPAN), len = byte() % 2 ? 0 : edge(L2_SIZE, PAGE_SIZE);

	CALL(frame_map, my_frame(FRAME_L1, 0), my_frame(FRAME_L2, 0), at, byte() % 4 ? 0 : PAGE_SIZE, len,
		F_MAP_TABLE | F_MAP_READ);
}

static void edge_unmap(void)
{
	bool l1 = byte() % 2;
	uint32_t span = l1 ? USER_END : L2_SPAN, unit = l1 ? SECTION_SIZE : PAGE_SIZE, n = byte() % 3;
	uint32_t table = my_frame(l1 ? FRAME_L1 : FRAME_L2, 0), len = n ? edge(n * unit, unit) : 0;

	if (byte() % 2)
		CALL(frame_unmap, table, 0, span - n * unit, len);
	else
		CALL(frame_protect, table, 0, span - n * unit, len, F_MAP_READ);
}

static void edge_look(void)
{
	bool l1 = byte() % 2;
	uint32_t table = my_frame(l1 ? FRAME_L1 : FRAME_L2, 0), unit = l1 ? SECTION_SIZE : PAGE_SIZE;
	uint32_t va = edge((l1 ? USER_END : L2_SPAN) - unit, unit);

	if (byte() % 2)
		CALL(vspace_next, table, va, pointer(28));
	else
		CALL(vspace_resolve, table, va, pointer(28));
}

/* Places where code, a save area or a result may be, but for the last of them. */
static void edge_pointer(void)
{
	switch (byte() % 5) {
	case 0:
		CALL(thread_upcall, edge(USER_END - 4, 4), 0x10000);
		break;
	case 1:
		CALL(thread_upcall, PC, edge(USER_END - sizeof(struct upcall), 4));
		break;
	case 2:
		CALL(proc_start, (uint32_t)proc_id(true), USER_END, 0, 0);
		break;
	case 3:
		CALL(thread_new, 0, my_frame(FRAME_MEM, THREAD_SIZE), USER_END, 0, 0);
		break;
	default:
		CALL(frame_info, my_frame(FRAME_MEM, 0), edge(USER_END - 4, 4));
	}
}

static void edge_number(void)
{
	uint32_t pid = (uint32_t)proc_id(true), low = edge((uint32_t)-1, (uint32_t)-1);

	switch (byte() % 9) {
	case 0:
		CALL(irq_allow, pid, edge(0, (uint32_t)-1));
		break;
	case 1:
		CALL(irq_bind, 33, low);
		break;
	case 2:
		CALL(proc_watch, (uint32_t)proc_id(false), low);
		break;
	case 3:
		CALL(proc_priority, pid, edge(0, (uint32_t)-1));
		break;
	case 4:
		CALL(thread_priority, (uint32_t)thread_id(true), edge(0, (uint32_t)-1));
		break;
	case 5:
		CALL(time_alarm, (uint32_t)model_time + 100000, 0, edge(0, (uint32_t)-1));
		break;
	case 6:
		CALL(frame_batch, pointer(32 * 32), edge(BATCH_MAX, 1));
		break;
	case 7:
		CALL(proc_priority, pid, edge(PRIORITY_MAX, 1));
		break;
	default:
		CALL(msg_send, (uint32_t)proc_id(false), edge(MSG_RESERVED - 1, 1));
	}
}

/* A large frame becomes room for records, and is memory again. */
static void edge_donate(void)
{
	const struct ref_thread *me = ref.now;
	uint32_t f = (uint32_t)world_piece((1u + byte() % 64) * 4 * PAGE_SIZE);

	if (f && ref.now == me && CALL(frame_donate, f) &&
		CALL(frame_give, f, byte() % 4 ? 0 : (uint32_t)proc_id(true)))
		CALL(frame_table, f, FRAME_MEM);
}

/* A gift that takes as many pages of mappings along as one may, or one more. */
static void edge_give(void)
{
	const struct ref_thread *me = ref.now;
	const struct ref_frame *f = frame_nth(me->proc, KIND(FRAME_MEM), L2_SPAN, 0);
	uint32_t id = f ? (uint32_t)f->id : 0, pid = (uint32_t)proc_id(true);
	bool more = byte() % 2;
	int l2;

	if (!f || !CALL(frame_unmap, 0, id, 0, 0))
		return;
	for (unsigned i = 0; i < GIVE_MAX / (L2_SPAN / PAGE_SIZE) + more; i++) {
		l2 = world_piece(L2_SIZE);
		if (!l2 || !CALL(frame_table, (uint32_t)l2, FRAME_L2) ||
			!CALL(frame_map, (uint32_t)l2, id, 0, 0, i < 2 ? 0 : PAGE_SIZE, F_MAP_PAGE | F_MAP_READ))
			return;
	}
	CALL(frame_give, id, pid);
}

/* My process's highest priority, and one above it, for it and for its threads. */
static void edge_priority(void)
{
	const struct ref_thread *me = ref.now;
	unsigned max = (unsigned)me->proc->priority;

	if (max > 4 && !CALL(proc_priority, 0, --max))
		return;
	if (CALL(thread_priority, byte() % 4 ? 0 : (uint32_t)thread_id(true), edge(max, 1)))
		CALL(proc_priority, byte() % 4 ? 0 : (uint32_t)proc_id(true), edge(max, 1));
}

/* Timeouts that end just before the end of time, or after it. */
static void edge_timeout(void)
{
	uint64_t timeout = (uint64_t)INT64_MAX - model_time - 1 + byte() % 4;

	if (ref.now->proc == ref.first) /* somebody must be left to run in the end */
		CALL(proc_wait, (uint32_t)proc_id(true), 0, (uint32_t)timeout, (uint32_t)(timeout >> 32), 0);
	else
		CALL(thread_park, (uint32_t)timeout, (uint32_t)(timeout >> 32));
}

/* Spends all credits but `left`, on mappings of f in t. */
static bool credits_spend(uint32_t t, uint32_t f, int left)
{
	const struct ref_proc *me = ref.now->proc;

	for (uint32_t i = 0; me->credits > left && i < L2_SPAN / PAGE_SIZE; i++)
		if (!CALL(frame_map, t, f, i * PAGE_SIZE, PAGE_SIZE, PAGE_SIZE, F_MAP_PAGE | F_MAP_READ))
			return false;
	return me->credits == left;
}

/* With one credit left, or none: a cut at a mapping's beginning or end, which spends one, and what else does. */
static void edge_credit(void)
{
	uint32_t t = (uint32_t)world_piece(L2_SIZE), f = (uint32_t)world_piece(4 * PAGE_SIZE);
	uint32_t pid = (uint32_t)proc_id(false);
	unsigned how = byte();

	if (ref.now->proc->credits > (int)(L2_SPAN / PAGE_SIZE) || !CALL(frame_table, t, FRAME_L2) ||
		!credits_spend(t, f, how & 1))
		return;
	if (how & 2 ? !CALL(frame_split, f, how & 4 ? 2 * PAGE_SIZE : PAGE_SIZE)
		    : !CALL(proc_watch, pid, how & 4 ? 5 : (uint32_t)-1))
		return;
	if (CALL(frame_allow, pid, how % 8) && CALL(frame_unmap, 0, f, 0, 0))
		CALL(proc_watch, pid, (uint32_t)-1);
}

/* In a batch, an L2 comes where sections were, or sections where an L2 was; both are used. */
static void edge_replace(void)
{
	const struct ref_thread *me = ref.now;
	const struct ref_frame *f =
		frame_nth(me->proc, KIND(FRAME_MEM) | KIND(FRAME_DEV), byte() % 2 ? APERTURE_LEN : L2_SPAN, 0);
	uint32_t l1 = me->proc->root ? (uint32_t)me->proc->root->id : 0, at = (16 + byte() % 4 * 2) * SECTION_SIZE, pa;
	uint32_t l2 = (uint32_t)world_piece(L2_SIZE), page = (uint32_t)world_piece(PAGE_SIZE),
		 id = f ? (uint32_t)f->id : 0;
	uint32_t va = pointer(sizeof(struct frame_op)), what = F_MAP_READ | F_MAP_REPLACE;
	bool table = byte() % 2;
	const uint32_t op[] = {CALL_frame_map, l1, table ? l2 : id, at, 0, table ? 0 : L2_SPAN,
		what | (table ? F_MAP_TABLE : F_MAP_SECTION)};

	if (ref.now != me || !CALL(frame_table, l2, FRAME_L2) ||
		!CALL(frame_map, l2, page, PAGE_SIZE, 0, 0, F_MAP_PAGE | F_MAP_READ) ||
		!(table ? CALL(frame_map, l1, id, at, 0, L2_SPAN, F_MAP_SECTION | what)
			: CALL(frame_map, l1, l2, at, 0, 0, F_MAP_TABLE | what)))
		return;
	world_access(at + PAGE_SIZE, F_MAP_READ);
	if (ref.now != me)
		return;
	for (unsigned i = 0; i < sizeof op / sizeof *op; i++)
		if (ref_access(me->proc, va + i * 4, F_MAP_WRITE, &pa))
			*world_word(pa) = op[i];
	if (CALL(frame_batch, va, 1))
		world_access(at + PAGE_SIZE, F_MAP_READ);
}

/* Frames that are joined have nothing between them. */
static void edge_merge(void)
{
	uint32_t low = (uint32_t)world_piece(4 * PAGE_SIZE), mid, high;

	if (!low || !CALL(frame_split, low, PAGE_SIZE))
		return;
	mid = (uint32_t)world_result();
	if (!CALL(frame_split, mid, PAGE_SIZE))
		return;
	high = (uint32_t)world_result();
	if (CALL(frame_merge, low, high) && CALL(frame_merge, mid, high))
		CALL(frame_merge, low, mid);
}

/* Maintenance of a frame's last page, and of one more. */
static void edge_cache(void)
{
	const struct ref_frame *f = frame_nth(ref.now->proc, KIND(FRAME_MEM), 0, byte());

	if (f)
		CALL(frame_cache, (uint32_t)f->id, edge(f->len - PAGE_SIZE, PAGE_SIZE),
			byte() % 2 ? 0 : edge(PAGE_SIZE, PAGE_SIZE), 1 + byte() % 3);
}

void do_edge(void)
{
	static void (*const edges[])(void) = {edge_merge, edge_cache, edge_map, edge_table, edge_unmap, edge_look,
		edge_pointer, edge_number, edge_number, edge_number, edge_priority, edge_timeout, edge_credit,
		edge_credit, edge_replace};
	unsigned n = byte();

	if (n < 4)
		edge_donate();
	else if (n < 16)
		edge_give();
	else
		edges[n % (sizeof edges / sizeof *edges)]();
}
