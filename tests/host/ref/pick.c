/* SPDX-License-Identifier: ISC
 * Picks arguments from what the running process could name, so that most are nearly right; some are anything.  A byte
 * chooses by its remainder: a program that lost an operation still means much the same, which makes programs easy to
 * shorten. */
#include <string.h>
#include "gen.h"

static const uint8_t *op;
static unsigned op_at;

void op_begin(const uint8_t *bytes)
{
	op = bytes;
	op_at = 0;
}

void byte_seek(unsigned at)
{
	op_at = at;
}

unsigned byte(void)
{
	return op_at < OP_LEN ? op[op_at++] : 0;
}

uint32_t word(void)
{
	uint32_t n = byte();

	n |= byte() << 8;
	n |= byte() << 16;
	return n | (uint32_t)byte() << 24;
}

bool call(int number, const uint32_t *a)
{
	return world_call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* The n-th of the frames of p (NULL: of anybody else) of these kinds. */
struct ref_frame *frame_nth(const struct ref_proc *p, unsigned kinds, uint32_t len, unsigned n)
{
	struct ref_frame *list[REF_FRAMES];
	unsigned found = 0;

	for (int i = 0; i < ref.frames_n; i++) {
		struct ref_frame *f = &ref.frame[i];

		if (f->used && (p ? f->owner == p : f->owner != ref.now->proc) && (kinds & KIND(f->kind)) &&
			(!len || f->len == len))
			list[found++] = f;
	}
	return found ? list[n % found] : NULL;
}

int frame_id(unsigned kinds, uint32_t len)
{
	unsigned how = byte(), n = byte();
	const struct ref_frame *f;

	if (how == 255)
		return (int)word();
	if (how == 254)
		return 0;
	if (how >= 244)
		f = frame_nth(ref.now->proc, ANY, 0, n);
	else if (how >= 228)
		f = frame_nth(NULL, kinds, 0, n);
	else
		f = frame_nth(ref.now->proc, kinds, len, n);
	return f ? f->id : 0;
}

/* A table of mine, or of anybody who might let me. */
struct ref_frame *table_pick(int kind)
{
	unsigned how = byte(), n = byte();
	struct ref_frame *f = how < 40 ? frame_nth(NULL, KIND(kind), 0, n) : NULL;

	return f ? f : frame_nth(ref.now->proc, KIND(kind), 0, n);
}

int proc_id(bool child)
{
	unsigned how = byte(), n = byte();
	int list[REF_PROCS], found = 0;

	if (how >= 250)
		return how == 255 ? (int)word() : 0;
	for (int i = 0; i < REF_PROCS; i++) {
		const struct ref_proc *p = &ref.proc[i];

		if (p->used && (how >= 230 || !child || p->parent == ref.now->proc) && p != ref.now->proc)
			list[found++] = p->pid;
	}
	return found ? list[n % (unsigned)found] : 0;
}

int thread_id(bool mine)
{
	unsigned how = byte(), n = byte();
	int list[REF_THREADS], found = 0;

	if (how >= 250)
		return (int)word();
	for (int i = 0; i < REF_THREADS; i++) {
		const struct ref_thread *t = &ref.thread[i];

		if (t->used && (!mine || how > 240 || t->proc == ref.now->proc))
			list[found++] = t->id;
	}
	return found ? list[n % (unsigned)found] : 0;
}

uint32_t pages(void)
{
	unsigned how = byte(), n = byte();

	switch (how % 8) {
	case 0:
		return 0;
	case 1:
		return n * PAGE_SIZE;
	case 2:
		return n % 8 * SECTION_SIZE;
	case 3:
		return (n % 2 ? n : 512u - n % 8) * PAGE_SIZE;
	case 4:
		return how < 16 ? word() : n % 16 * PAGE_SIZE + (how > 248);
	default:
		return n % 16 * PAGE_SIZE;
	}
}

/* Where in a space something is: the low part is what most programs use. */
uint32_t place(unsigned unit)
{
	unsigned how = byte(), n = byte();

	if (how >= 252)
		return word();
	if (how >= 244)
		return USER_END - (1 + n % 4) * unit;
	return (how >= 200 ? n : n % 24) * unit;
}

/* A mapping that is there. */
const struct ref_map *map_pick(void)
{
	unsigned start = byte() * 7u, n = (unsigned)ref.maps_n;
	const struct ref_proc *me = ref.now->proc;

	for (unsigned i = 0; i < n; i++) {
		const struct ref_map *m = &ref.map[(start + i) % n];

		if (m->used && (m->table->owner == me || m->frame->owner == me))
			return m;
	}
	return NULL;
}

unsigned flags_pick(void)
{
	static const unsigned rights[] = {F_MAP_READ, F_MAP_READ | F_MAP_WRITE, F_MAP_READ | F_MAP_EXEC,
		F_MAP_READ | F_MAP_WRITE | F_MAP_EXEC, F_MAP_READ | F_MAP_WRITE, F_MAP_READ | F_MAP_WRITE, 0,
		F_MAP_WRITE};
	unsigned n = byte(), how = byte(), flags = rights[n % 8];

	if (n / 8 == 3)
		flags |= F_MAP_UNCACHED;
	if (how % 8 == 1)
		flags |= F_MAP_KEEP;
	if (how % 8 == 2)
		flags |= F_MAP_REPLACE;
	return how == 255 ? word() : flags;
}

int64_t timeout_pick(void)
{
	unsigned how = byte();

	if (how % 4 == 0)
		return 0;
	/* Somebody must be left to run in the end. */
	if (how % 4 == 1 && ref.now->proc != ref.first)
		return how >= 250 ? (int64_t)((uint64_t)word() << 32 | word()) : -1;
	return (1 + how) * 100;
}

bool fault_handled(void)
{
	const struct ref_thread *t = ref.now;
	uint32_t pa;

	return t->proc != ref.first || t->proc->pager ||
	       (t->upcall_entry && ref_access(t->proc, t->upcall_area, F_MAP_WRITE, &pa) && !*world_word(pa));
}

/* len bytes of the running process's memory that the call can access; sometimes not. */
uint32_t pointer(uint32_t len)
{
	unsigned how = byte() % (fault_handled() ? 256 : 240), n = byte(), seen = 0;
	const struct ref_frame *root = ref.now->proc->root;

	if (how >= 248)
		return how == 255 ? word() & ~3u : how == 254 ? 0 : how == 253 ? USER_END - 8 : USER_END + n * 4096u;
	for (unsigned pass = 0; root && pass < 2; pass++, n = seen ? n % seen : 0, seen = 0)
		for (int i = 0; i < ref.maps_n; i++) {
			const struct ref_map *m = &ref.map[i];
			uint32_t base =
				m->used && m->table->kind == FRAME_L2 && m->table->stands ? m->table->stands->at : 0;

			if (!m->used || !m->table->stands || m->table->stands->table != root ||
				!(m->flags & F_MAP_WRITE))
				continue;
			if (m->table->slot[m->at / PAGE_SIZE].rights & F_MAP_WRITE && seen++ == n && pass == 1)
				return base + m->at +
				       (how >= 240 ? PAGE_SIZE - 8 : how % 64 * 4 + (len > 3000 ? 0 : 512));
		}
	return how % 2 ? 0x30000 : 0;
}

/* A place in the running process's space, mapped more often than not. */
uint32_t address(void)
{
	unsigned how = byte(), n = byte();
	const struct ref_map *m = how < 200 ? map_pick() : NULL;

	if (!m)
		return how > 240 ? word() & ~3u : n * PAGE_SIZE + how % 16 * L2_SPAN;
	if (m->table->kind == FRAME_L1)
		return m->at + n % 64 * 0x8000u;
	return (m->table->stands ? m->table->stands->at : 0) + m->at + n % 4 * PAGE_SIZE;
}
