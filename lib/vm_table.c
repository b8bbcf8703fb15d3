/* SPDX-License-Identifier: ISC
 * Keeps my own tables: which L2 covers which span, where each can be read, and pages put into and taken out of them.
 * An L2 is made when something is first mapped in its span and stays.  Does not choose addresses. */
#include "self.h"
#include "memory.h"

#define SPANS       (USER_END / L2_SPAN)
#define SPAN_OF(va) ((va) / L2_SPAN)
#define SPAN_AT(va) ((va) & (uintptr_t)(L2_SPAN - 1))

static int tables[SPANS];     /* f_id of the L2 over each span, 0: none known */
static uint16_t slots[SPANS]; /* 1 + the slot where it can be read, 0: nowhere */
static size_t slots_n;

static uintptr_t slot_va(size_t slot)
{
	return slot < SELF_SLOTS ? SELF_SLOTS_VA + slot * PAGE_SIZE : SELF_SLOTS2_VA + (slot - SELF_SLOTS) * PAGE_SIZE;
}

/* Those that stand at the start can be read in order of address, as whoever built this vspace mapped them. */
void table_start(void)
{
	struct mapping m;
	uintptr_t va = 0;

	while (va < USER_END && vspace_next(self.l1, va, &m) > 0) {
		if (m.flags & F_MAP_TABLE) {
			tables[SPAN_OF(m.at)] = m.f_id;
			slots[SPAN_OF(m.at)] = (uint16_t)++slots_n;
		}
		va = m.at + (m.flags & F_MAP_TABLE ? L2_SPAN : m.len);
	}
}

bool table_foreign(uintptr_t va)
{
	struct frame f;

	return tables[SPAN_OF(va)] && frame_info(tables[SPAN_OF(va)], &f) < 0;
}

int table_find(uintptr_t va)
{
	return tables[SPAN_OF(va)];
}

const uint32_t *table_window(uintptr_t va)
{
	size_t slot = slots[SPAN_OF(va)];

	return slot ? (const uint32_t *)slot_va(slot - 1) : NULL;
}

const uint32_t *table_root(void)
{
	return (const uint32_t *)SELF_TABLES_VA;
}

/* Makes a new L2 readable.  Failing that it still works: only vm_walk sees nothing there. */
static void table_show(uintptr_t va)
{
	uintptr_t at = slot_va(slots_n);
	int window = table_at(at);

	if (window < 0 || slots[SPAN_OF(va)])
		return;
	if (frame_map(window, tables[SPAN_OF(va)], SPAN_AT(at), 0, 0, F_MAP_PAGE | F_MAP_READ) < 0)
		return;
	slots[SPAN_OF(va)] = (uint16_t)++slots_n;
}

/* Somebody whom I allow to map, a pager, may have put an L2 of its own there. */
static int table_adopt(uintptr_t va)
{
	struct mapping m;
	int r = vspace_next(self.l1, va & ~(uintptr_t)(L2_SPAN - 1), &m);

	if (r < 0)
		return r;
	if (r == 0 || !(m.flags & F_MAP_TABLE) || SPAN_OF(m.at) != SPAN_OF(va))
		return ERR_EXISTS;
	tables[SPAN_OF(va)] = m.f_id;
	return m.f_id;
}

static int table_make(uintptr_t va)
{
	int f_id = page_take(L2_SIZE, L2_SIZE, 0, 0);
	int r;

	if (f_id < 0)
		return f_id;
	if (tables[SPAN_OF(va)]) { /* taking the page needed this very table */
		page_put(f_id, 0);
		return tables[SPAN_OF(va)];
	}
	r = frame_table(f_id, FRAME_L2);
	if (r >= 0)
		r = frame_map(self.l1, f_id, SPAN_OF(va) * L2_SPAN, 0, 0, F_MAP_TABLE);
	if (r < 0) {
		frame_table(f_id, FRAME_MEM);
		page_put(f_id, 0);
		return r == ERR_EXISTS ? table_adopt(va) : r;
	}
	tables[SPAN_OF(va)] = f_id;
	table_show(va);
	return f_id;
}

int table_at(uintptr_t va)
{
	return tables[SPAN_OF(va)] ? tables[SPAN_OF(va)] : table_make(va);
}

/* The part of [va, end) in va's span. */
static size_t span_part(uintptr_t va, uintptr_t end)
{
	size_t rest = L2_SPAN - SPAN_AT(va);

	return end - va < rest ? end - va : rest;
}

int table_map(uintptr_t va, int f_id, size_t offset, size_t len, int rights)
{
	uintptr_t at = va, end = va + len;

	while (at < end) {
		size_t n = span_part(at, end);
		int r = table_at(at);

		if (r > 0)
			r = frame_map(r, f_id, SPAN_AT(at), offset + (at - va), n, F_MAP_PAGE | rights);
		if (r < 0) {
			if (at > va)
				table_unmap(va, at - va);
			return r;
		}
		at += n;
	}
	return 0;
}

int table_unmap(uintptr_t va, size_t len)
{
	uintptr_t end = va + len;

	while (va < end) {
		size_t n = span_part(va, end);
		int table = table_find(va);
		int r = table ? frame_unmap(table, 0, SPAN_AT(va), n) : frame_unmap(self.l1, 0, va, n);

		if (r < 0 && r != ERR_NOMAP)
			return r;
		va += n;
	}
	return 0;
}
