/* SPDX-License-Identifier: ISC
 * Operations on frames, mappings and spaces. */
#include "gen.h"

void do_split(void)
{
	int f = frame_id(KIND(FRAME_MEM) | KIND(FRAME_MEM) | (byte() == 0 ? ANY : 0), 0);

	CALL(frame_split, (uint32_t)f, pages());
}

void do_merge(void)
{
	const struct ref_frame *f = ref_frame_find(frame_id(KIND(FRAME_MEM), 0)), *g = NULL;

	for (int i = 0; f && i < ref.frames_n; i++)
		if (ref.frame[i].used && ref.frame[i].pa == f->pa + f->len)
			g = &ref.frame[i];
	CALL(frame_merge, f ? (uint32_t)f->id : 0, byte() < 16 || !g ? (uint32_t)frame_id(ANY, 0) : (uint32_t)g->id);
}

void do_give(void)
{
	static const unsigned kinds[] = {KIND(FRAME_MEM), ANY, KIND(FRAME_L2), KIND(FRAME_RECORDS), KIND(FRAME_PROC),
		KIND(FRAME_MEM), KIND(FRAME_L1), KIND(FRAME_MEM) | KIND(FRAME_DEV)};

	CALL(frame_give, (uint32_t)frame_id(kinds[byte() % 8], 0), (uint32_t)proc_id(byte() % 2));
}

void do_table(void)
{
	static const int kinds[] = {FRAME_L1, FRAME_L2, FRAME_MEM, FRAME_L2, FRAME_MEM, FRAME_L1, FRAME_L2, FRAME_DEV};
	int kind = kinds[byte() % 8];

	CALL(frame_table,
		(uint32_t)(kind == FRAME_MEM ? frame_id(KIND(FRAME_L1) | KIND(FRAME_L2) | KIND(FRAME_RECORDS), 0)
					     : frame_id(KIND(FRAME_MEM), kind == FRAME_L1 ? L1_SIZE : L2_SIZE)),
		(uint32_t)kind);
}

void map_args(uint32_t *a)
{
	unsigned how = byte() % 8;
	unsigned flags = flags_pick();
	const struct ref_frame *t = table_pick(how < 5 ? FRAME_L2 : FRAME_L1);

	a[0] = t ? (uint32_t)t->id : 0;
	if (how < 5) {
		a[5] = flags | F_MAP_PAGE;
		a[1] = (uint32_t)frame_id(how ? KIND(FRAME_MEM) : ANY, 0);
		a[2] = place(PAGE_SIZE);
		a[3] = byte() % 2 ? 0 : pages();
		a[4] = byte() % 4 ? PAGE_SIZE * (byte() % 4) : pages();
	} else if (how < 7) {
		a[5] = (flags & ~(unsigned)(F_MAP_WRITE | F_MAP_EXEC | F_MAP_UNCACHED)) | F_MAP_TABLE;
		a[1] = (uint32_t)frame_id(KIND(FRAME_L2), 0);
		a[2] = place(L2_SPAN);
		a[3] = byte() == 0 ? word() : 0;
		a[4] = byte() == 0 ? word() : 0;
	} else {
		a[5] = flags | F_MAP_SECTION;
		a[1] = (uint32_t)frame_id(
			flags & F_MAP_KEEP ? KIND(FRAME_DEV) : KIND(FRAME_MEM), byte() % 4 ? SECTION_SIZE : 0);
		a[2] = place(SECTION_SIZE);
		a[3] = byte() % 4 ? 0 : pages();
		a[4] = byte() % 2 ? 0 : SECTION_SIZE * (byte() % 3);
	}
}

/* A range around a mapping that is there, of its frame or of whatever lies there. */
static void range_args(uint32_t *a)
{
	const struct ref_map *m = map_pick();
	unsigned unit, how = byte(), n = byte();

	if (!m || how >= 250) {
		a[0] = (uint32_t)frame_id(ANY, 0);
		a[1] = (uint32_t)frame_id(ANY, 0);
		a[2] = place(PAGE_SIZE);
		a[3] = pages();
		return;
	}
	unit = 1u << ref_shift(m->table);
	a[0] = (uint32_t)m->table->id;
	a[1] = how % 3 ? 0 : (uint32_t)m->frame->id;
	a[2] = m->at + (how % 4 == 3 ? n % 4 * unit : 0);
	a[3] = how & 16 ? 0 : how & 32 ? m->len : n % 8 * unit;
}

void unmap_args(uint32_t *a)
{
	range_args(a);
	if (byte() % 8 == 0) {
		a[0] = 0;
		a[1] = (uint32_t)frame_id(ANY, 0);
	}
}

void protect_args(uint32_t *a)
{
	static const uint8_t rights[] = {0, 1, 3, 5, 7, 1, 3, 2};
	unsigned how;

	range_args(a);
	how = byte();
	a[4] = how == 255 ? word() : rights[how % 8];
}

void do_mapping(void (*args)(uint32_t *), int number)
{
	uint32_t a[6] = {0};

	args(a);
	call(number, a);
}

/* Writes an operation of a batch to va; w[1] and w[3] of the one before, if that took something away, are in `last`. */
static void batch_op(uint32_t va, unsigned n, uint32_t *last)
{
	static const int calls[] = {CALL_frame_map, CALL_frame_unmap, CALL_frame_protect, CALL_frame_map,
		CALL_frame_split, CALL_frame_give, CALL_frame_table, CALL_frame_merge, CALL_frame_unmap, CALL_null};
	uint32_t w[7] = {(uint32_t)calls[byte() % 10]}, pa;

	byte_seek(1 + (n * 3 + byte()) % 12); /* there are fewer bytes than arguments: they serve more than once */
	if (w[0] == CALL_frame_map) {
		map_args(w + 1);
		if (last[0] && byte() % 2) { /* there */
			w[1] = last[0];
			w[3] = last[1];
		}
	} else if (w[0] == CALL_frame_unmap)
		unmap_args(w + 1);
	else if (w[0] == CALL_frame_protect)
		protect_args(w + 1);
	else
		for (int i = 1; i < 3; i++)
			w[i] = i == 1                     ? (uint32_t)frame_id(KIND(FRAME_MEM), 0)
			       : w[0] == CALL_frame_give  ? (uint32_t)proc_id(true)
			       : w[0] == CALL_frame_table ? FRAME_L2
							  : pages();
	for (unsigned i = 0; i < 7; i++)
		if (ref_access(ref.now->proc, va + i * 4, F_MAP_WRITE, &pa))
			*world_word(pa) = w[i];
	last[0] = w[0] == CALL_frame_unmap ? w[1] : 0;
	last[1] = w[3];
}

void do_batch(void)
{
	unsigned n = byte() % 12, how = byte();
	uint32_t va = pointer(n * 32), last[2] = {0};

	for (unsigned i = 0; i < n; i++)
		batch_op(va + i * 32, i, last);
	CALL(frame_batch, va, how == 255 ? word() : how == 254 ? 300 : n);
}

void do_cache(void)
{
	uint32_t f = (uint32_t)frame_id(KIND(FRAME_MEM), 0), offset = byte() % 2 ? 0 : pages();

	CALL(frame_cache, f, offset, byte() % 2 ? PAGE_SIZE : pages(), byte() % 5);
}

void do_look(void)
{
	const struct ref_map *m = map_pick();
	uint32_t out, pa;

	switch (byte() % 9) {
	case 0:
		CALL(frame_count, (uint32_t)proc_id(true));
		break;
	case 1:
		CALL(frame_next, (uint32_t)proc_id(true), byte() % 2 ? 0 : (uint32_t)frame_id(ANY, 0));
		break;
	case 2:
		CALL(frame_info, (uint32_t)frame_id(ANY, 0), pointer(20));
		break;
	case 3:
		out = pointer(28);
		for (unsigned i = 0; i < 28; i += 4)
			if (ref_access(ref.now->proc, out + i, F_MAP_WRITE, &pa))
				*world_word(pa) = !m || i > 12 ? 0
						  : i == 0     ? (uint32_t)m->table->id
						  : i == 4     ? (uint32_t)m->frame->id
						  : i == 12    ? m->at
							       : 0;
		CALL(frame_maps, m && byte() % 8 ? (uint32_t)m->frame->id : (uint32_t)frame_id(ANY, 0), out);
		break;
	case 4:
		CALL(vspace_root, (uint32_t)proc_id(false));
		break;
	case 5:
		CALL(vspace_next, m ? (uint32_t)m->table->id : (uint32_t)frame_id(ANY, 0), place(PAGE_SIZE),
			pointer(28));
		break;
	case 6:
		CALL(vspace_resolve, m && byte() % 8 ? (uint32_t)m->table->id : (uint32_t)frame_id(ANY, 0),
			m && byte() % 4 ? m->at : place(PAGE_SIZE), pointer(28));
		break;
	case 7:
		CALL(thread_next, (uint32_t)proc_id(true), byte() % 2 ? 0 : (uint32_t)thread_id(false));
		break;
	default:
		CALL(proc_info, (uint32_t)proc_id(false), pointer(sizeof(struct proc_info)));
	}
}

void do_swap(void)
{
	unsigned how = byte();
	int pid = how % 8 == 0 ? 0 : proc_id(true);

	/* Only seldom does a process take away the ground that it stands on. */
	if ((pid == 0 || pid == ref.now->proc->pid) && how > 16)
		return;
	CALL(vspace_swap, (uint32_t)pid, how % 8 == 1 ? 0 : (uint32_t)frame_id(KIND(FRAME_L1), 0));
}
