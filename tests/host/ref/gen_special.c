/* SPDX-License-Identifier: ISC
 * What single random calls do not come to often enough: whole children, very many mappings, no credits, large frames. */
#include "gen.h"

/* A frame of exactly this size, aligned to it, cut out of a larger one. */
int world_piece(uint32_t len)
{
	const struct ref_thread *me = ref.now;

	for (int i = 0; i < ref.frames_n; i++) {
		struct ref_frame *f = &ref.frame[i];
		uint32_t low = -f->pa & (len - 1);
		int id = f->id;

		if (!f->used || f->taken || f->owner != me->proc || f->kind != FRAME_MEM || f->len < low + len ||
			ref_maps_of(f, false))
			continue;
		if (low && (!CALL(frame_split, (uint32_t)id, low) || world_result() < 0))
			return 0;
		if (low)
			id = world_result();
		f = ref_frame_find(id);
		if (f->len > len && (!CALL(frame_split, (uint32_t)id, len) || world_result() < 0))
			return 0;
		return ref.now == me ? id : 0;
	}
	return 0;
}

/* A child with a table, memory, credits, and its own L1; it starts, if nothing goes wrong. */
void child_make(unsigned how)
{
	const struct ref_thread *me = ref.now;
	uint32_t proc = (uint32_t)world_piece(PROC_SIZE), l1, l2, mem, records, pid;

	if (!proc || !CALL(proc_new, proc) || world_result() < 0)
		return;
	pid = (uint32_t)world_result();
	l1 = (uint32_t)world_piece(L1_SIZE);
	l2 = (uint32_t)world_piece(L2_SIZE);
	mem = (uint32_t)world_piece(8 * PAGE_SIZE);
	records = (uint32_t)world_piece(PAGE_SIZE);
	if (ref.now != me || !records)
		return;
	if (!CALL(frame_table, l1, FRAME_L1) || !CALL(frame_table, l2, FRAME_L2) ||
		!CALL(frame_map, l1, l2, how % 4 * L2_SPAN, 0, 0, F_MAP_TABLE | F_MAP_READ) ||
		!CALL(frame_map, l2, mem, 0x10000, 0, 0, F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE))
		return;
	if (how & 8 && !CALL(frame_map, l2, l2, 0x40000, 0, 0, F_MAP_PAGE | F_MAP_READ))
		return;
	/* This one stays its maker's. */
	mem = (uint32_t)world_piece(PAGE_SIZE);
	if (!CALL(frame_map, l2, mem, 0x60000, 0, 0, F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE | F_MAP_KEEP))
		return;
	if (!CALL(frame_donate, records) || !CALL(frame_give, records, pid) || !CALL(vspace_swap, pid, l1))
		return;
	mem = (uint32_t)world_piece(32 * PAGE_SIZE);
	if (mem && !CALL(frame_give, mem, pid))
		return;
	if (how & 16 && !CALL(proc_pager, pid, ref.now->proc->pid))
		return;
	if (how & 32 && !CALL(proc_priority, pid, how % 32))
		return;
	CALL(proc_start, pid, PC, 0x18000, how);
}

/* One frame in very many places. */
static void map_often(unsigned n)
{
	const struct ref_thread *me = ref.now;
	const struct ref_frame *t = frame_nth(me->proc, KIND(FRAME_L2), 0, n);
	uint32_t f = (uint32_t)frame_id(KIND(FRAME_MEM) | (n % 8 ? 0 : KIND(FRAME_PROC)), 0);

	for (unsigned i = 0; t && ref.now == me && i < 40 + n; i++)
		if (!CALL(frame_map, (uint32_t)t->id, f, (n + i) % 512 * PAGE_SIZE, 0, PAGE_SIZE,
			    F_MAP_PAGE | F_MAP_READ))
			return;
}

/* Until there is not a credit left; then random calls must say so. */
static void starve(unsigned n)
{
	const struct ref_thread *me = ref.now;
	const struct ref_frame *t = frame_nth(me->proc, KIND(FRAME_L2), 0, n);
	uint32_t f = (uint32_t)frame_id(KIND(FRAME_MEM), 0), a[6];

	for (unsigned i = 0; t && ref.now == me && i < 512 && me->proc->credits; i++)
		if (!CALL(frame_map, (uint32_t)t->id, f, i * PAGE_SIZE, 0, PAGE_SIZE, F_MAP_PAGE | F_MAP_READ))
			return;
	for (unsigned i = 0; i < 8; i++) {
		byte_seek(1 + i);
		map_args(a);
		call(CALL_frame_map, a);
		CALL(frame_split, f, PAGE_SIZE);
		CALL(frame_allow, (uint32_t)proc_id(false), 1);
		CALL(proc_watch, (uint32_t)proc_id(false), 3);
	}
}

/* A frame that fills an L2, whole or in part, twice. */
static void map_large(unsigned n)
{
	const struct ref_thread *me = ref.now;
	const struct ref_frame *f = frame_nth(me->proc, KIND(FRAME_MEM), L2_SPAN, 0), *t;

	for (unsigned i = 0; i < 2 && f && ref.now == me; i++) {
		t = frame_nth(me->proc, KIND(FRAME_L2), 0, n + i);
		if (t && !CALL(frame_map, (uint32_t)t->id, (uint32_t)f->id, n & 2 ? 0 : n % 8 * PAGE_SIZE, 0,
				 n & 2 ? 0 : (500 - n) * PAGE_SIZE,
				 F_MAP_PAGE | F_MAP_READ | (n & 4 ? F_MAP_REPLACE : 0u)))
			return;
		if (t && n & 8)
			CALL(frame_unmap, (uint32_t)t->id, (uint32_t)f->id, n * PAGE_SIZE, PAGE_SIZE);
	}
	if (f && ref.now == me && n & 16)
		CALL(frame_split, (uint32_t)f->id, n * PAGE_SIZE);
}

/* Room for records that changes hands, and is taken back. */
static void records_around(unsigned n)
{
	const struct ref_thread *me = ref.now;
	uint32_t f = (uint32_t)world_piece(n % 4 ? PAGE_SIZE : 4 * PAGE_SIZE);

	if (ref.now != me || !CALL(frame_donate, f))
		return;
	if (n & 1 && !CALL(frame_give, f, (uint32_t)proc_id(true)))
		return;
	if (n & 2)
		CALL(frame_table, (uint32_t)frame_id(KIND(FRAME_RECORDS), 0), FRAME_MEM);
	else
		CALL(frame_table, f, FRAME_MEM);
}

/* Room for records is replaced by other room: all that is in use on it moves. */
static void records_move(unsigned n)
{
	const struct ref_thread *me = ref.now;
	const struct ref_frame *old = frame_nth(me->proc, KIND(FRAME_RECORDS), 0, n);
	uint32_t id = old ? (uint32_t)old->id : 0, len = old ? old->len : 0;
	uint32_t f = len ? (uint32_t)world_piece(len) : 0;

	if (f && ref.now == me && CALL(frame_donate, f))
		CALL(frame_table, id, FRAME_MEM);
}

/* The same page cached, then uncached, then cached. */
static void alias(unsigned n)
{
	const struct ref_thread *me = ref.now;
	const struct ref_map *m = map_pick();
	const struct ref_frame *t;
	uint32_t f = (uint32_t)world_piece(PAGE_SIZE), at = (n % 16 + 400) * PAGE_SIZE;

	if (!m || ref.now != me || m->table->kind != FRAME_L2 || !m->table->stands ||
		m->table->stands->table != me->proc->root)
		return;
	t = m->table;
	for (unsigned i = 0; i < 3; i++) {
		if (!CALL(frame_map, (uint32_t)t->id, f, at, 0, 0,
			    F_MAP_PAGE | F_MAP_READ | F_MAP_WRITE | (i == 1 ? F_MAP_UNCACHED : 0u)))
			return;
		if (t->stands)
			world_access(t->stands->at + at, F_MAP_WRITE);
		if (ref.now != me || !CALL(frame_unmap, 0, f, 0, 0))
			return;
		if (n & 1 && i == 1)
			CALL(frame_table, f, FRAME_L2);
	}
}

/* About as many sections of a device as one step maps, over whatever lies there or not. */
static void sections_device(unsigned n)
{
	const struct ref_thread *me = ref.now;
	const struct ref_frame *f = frame_nth(me->proc, KIND(FRAME_DEV), n & 1 ? APERTURE_LEN : 0, n);
	const struct ref_frame *t = n & 2 ? me->proc->root : frame_nth(me->proc, KIND(FRAME_L1), 0, n);
	uint32_t at = (16 + n % 16) * SECTION_SIZE, table = t ? (uint32_t)t->id : 0;

	if (!f || !CALL(frame_map, table, (uint32_t)f->id, at, 0, n % 8 ? (511 + n % 3) * SECTION_SIZE : 0,
			  F_MAP_SECTION | F_MAP_READ | F_MAP_WRITE | (n & 4 ? F_MAP_REPLACE : 0u)))
		return;
	world_access(at + n * 4, F_MAP_WRITE);
	if (ref.now == me && n & 16 && !CALL(frame_protect, table, 0, at + SECTION_SIZE, SECTION_SIZE, F_MAP_READ))
		return;
	if (ref.now == me && n & 32)
		CALL(frame_split, (uint32_t)f->id, n * SECTION_SIZE);
	if (ref.now == me && n & 64)
		CALL(frame_unmap, table, (uint32_t)f->id, at, 0);
}

/* Several sections at once in my own space, used and taken away. */
static void sections(unsigned n)
{
	const struct ref_thread *me = ref.now;
	const struct ref_frame *f = frame_nth(me->proc, KIND(FRAME_MEM), L2_SPAN, 0);
	uint32_t root = me->proc->root ? (uint32_t)me->proc->root->id : 0, at = (24 + n % 8) * SECTION_SIZE;

	if (!f || !root || !CALL(frame_map, root, (uint32_t)f->id, at, 0, 0, F_MAP_SECTION | F_MAP_READ | F_MAP_WRITE))
		return;
	world_access(at + SECTION_SIZE + n * 4, F_MAP_WRITE);
	if (ref.now == me && n & 8 &&
		!CALL(frame_protect, root, 0, at, n & 16 ? 2 * SECTION_SIZE : SECTION_SIZE, F_MAP_READ))
		return;
	if (ref.now == me)
		CALL(frame_unmap, root, (uint32_t)f->id, at, n & 32 ? 0 : (1 + n % 2) * SECTION_SIZE);
}

/* A child with more threads than one step takes, stopped, resumed, or given another priority. */
static void threads_many(unsigned n)
{
	const struct ref_thread *me = ref.now;
	uint32_t pid = (uint32_t)proc_id(true);

	for (unsigned i = 0; pid && i < 10; i++)
		if (!CALL(thread_new, pid, (uint32_t)world_piece(THREAD_SIZE), PC, 0x18000, i))
			return;
	for (unsigned i = 0; pid && ref.now == me && i < 4; i++)
		if (!(n >> i & 1     ? CALL(proc_stop, pid)
			    : i == 3 ? CALL(proc_priority, pid, n % 32)
				     : CALL(proc_resume, pid)))
			return;
}

void do_special(void)
{
	unsigned what = byte(), n = byte() % 200;

	switch (what % 12) {
	case 0:
		model_asids_run_out(n % 4);
		break;
	case 8:
		sections(n);
		break;
	case 10:
		threads_many(n);
		break;
	case 9:
		CALL(frame_allow, n % 4 ? 0 : (uint32_t)proc_id(false), n % 4 == 1 ? ALLOW_MAP : n % 8);
		break;
	case 1:
		sections_device(n);
		break;
	case 11:
		walk_maps(n);
		break;
	case 2:
		map_often(n);
		break;
	case 3:
		if (what % 64 == 3)
			starve(n);
		break;
	case 4:
	case 5:
		map_large(n);
		break;
	case 6:
		if (n & 1)
			records_around(n);
		else
			records_move(n);
		break;
	default:
		alias(n);
	}
}
