/* SPDX-License-Identifier: ISC
 * The pictures of draw.h: what frame_next, frame_info, vspace_next and vspace_resolve say, and for what is not
 * mine to name, what init says of its own children. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <mullion.h>
#include "draw.h"

#define BAR_LEN   24
#define KINDS     (FRAME_RECORDS + 1)
#define ASK_LEN   0x4000 /* of the frame in which init answers */
#define CELLS_ROW 64
#define ROWS      16

static const char *const kind_names[KINDS] = {"free", "mem", "dev", "L1", "L2", "proc", "thread", "records"};

static const char *kind_name(int kind)
{
	return kind > 0 && kind < KINDS ? kind_names[kind] : "?";
}

/** A length with its unit, in five columns. */
static const char *len_text(uint64_t len, char text[12])
{
	if (len >= 10u << 30)
		snprintf(text, 12, "%4luG", (unsigned long)(len >> 30));
	else if (len >= 10u << 20)
		snprintf(text, 12, "%4luM", (unsigned long)(len >> 20));
	else
		snprintf(text, 12, "%4luK", (unsigned long)(len >> 10));
	return text;
}

/* ---- an address space ---- */

struct maps {
	uintptr_t end; /* of what was drawn so far */
	unsigned tables, mappings;
	uint64_t bytes;
};

/** Longer by a mark each time the length doubles: pages and sections both stay visible. */
static const char *len_bar(size_t len)
{
	static const char marks[] = "########################";
	size_t n = 1;

	while (len > PAGE_SIZE && n < BAR_LEN) {
		len /= 2;
		n++;
	}
	return marks + BAR_LEN - n;
}

static void gap_draw(struct maps *maps, uintptr_t at)
{
	char text[12];

	if (at > maps->end)
		printf("           |           %s\n", len_text(at - maps->end, text));
}

static void mapping_draw(struct maps *maps, int root, uintptr_t va, const struct mapping *m)
{
	struct mapping now = {0};
	struct frame f = {0};
	char text[12];
	int there = vspace_resolve(root, va, &now) >= 0;

	gap_draw(maps, va);
	frame_info(m->f_id, &f);
	printf("  %08lx |%-*s %s %c%c%c %s frame %d", (unsigned long)va, BAR_LEN, len_bar(m->len),
		len_text(m->len, text), there && now.flags & F_MAP_READ ? 'r' : '-',
		there && now.flags & F_MAP_WRITE ? 'w' : '-', there && now.flags & F_MAP_EXEC ? 'x' : '-',
		m->flags & F_MAP_SECTION ? "sections" : "pages   ", m->f_id);
	if (m->offset)
		printf("+0x%lx", (unsigned long)m->offset);
	if (f.kind && f.kind != FRAME_MEM)
		printf(" (%s)", kind_name(f.kind));
	printf("%s%s\n", m->flags & F_MAP_UNCACHED ? " uncached" : "", m->flags & F_MAP_KEEP ? " keep" : "");
	maps->end = va + m->len;
	maps->mappings++;
	maps->bytes += m->len;
}

static void table_draw(struct maps *maps, int root, const struct mapping *table)
{
	struct mapping m;
	uintptr_t at = 0;

	maps->tables++;
	gap_draw(maps, table->at);
	printf("  %08lx +-- L2 frame %d\n", (unsigned long)table->at, table->f_id);
	maps->end = table->at;
	while (at < L2_SPAN && vspace_next(table->f_id, at, &m) > 0) {
		mapping_draw(maps, root, table->at + m.at, &m);
		at = m.at + m.len;
	}
}

int draw_maps(int pid)
{
	struct maps maps = {0};
	struct mapping m;
	uintptr_t va = 0;
	int root = vspace_root(pid), r;
	char text[12];

	if (root < 0)
		return root;
	if (!root) {
		printf("no address space\n");
		return 0;
	}
	printf("L1 frame %d\n", root);
	while (va < USER_END && (r = vspace_next(root, va, &m)) != 0) {
		if (r < 0)
			return r;
		if (m.flags & F_MAP_TABLE)
			table_draw(&maps, root, &m);
		else
			mapping_draw(&maps, root, m.at, &m);
		va = m.at + (m.flags & F_MAP_TABLE ? L2_SPAN : m.len);
	}
	gap_draw(&maps, USER_END);
	printf("  %08lx\n%u mappings in %u tables, %s mapped\n", (unsigned long)USER_END, maps.mappings, maps.tables,
		len_text(maps.bytes, text));
	fflush(stdout);
	return 0;
}

/* ---- physical memory ---- */

struct owner {
	struct init_proc proc;
	uint64_t bytes[KINDS];
};

struct run {
	uint32_t pa, len;
	size_t owner;
	int kind;
};

struct mem {
	int init;
	struct owner *owners;
	size_t owners_n;
	struct run *runs;
	size_t runs_n, room;
	uint32_t ram_pa, ram_len, kernel_len;
};

static int mem_boot(struct mem *mem)
{
	struct msg m = {.tag = INIT_BOOT};
	int r = msg_call(mem->init, &m, -1);

	if (r < 0 || m.tag < 0)
		return r < 0 ? r : m.tag;
	mem->ram_pa = m.word[0];
	mem->ram_len = m.word[1];
	mem->kernel_len = m.word[2];
	return 0;
}

/** Asks init for a list, which it writes into a frame; copies its answer to `out`.  The number of entries. */
static int ask(int init, int tag, int id, int after, void *out, size_t entry)
{
	struct msg m = {.tag = tag, .word = {(uint32_t)id, (uint32_t)after}};
	void *va;
	int r;

	m.frame = page_alloc(ASK_LEN, 0);
	if (m.frame < 0)
		return m.frame;
	r = msg_call(init, &m, -1);
	r = r < 0 ? r : m.tag;
	va = r > 0 ? vm_map(m.frame, 0, 0, F_MAP_READ) : NULL;
	if (va) {
		memcpy(out, va, (size_t)r * entry);
		vm_unmap(va, ASK_LEN);
	}
	page_free(m.frame);
	return r > 0 && !va ? vm_error() : r;
}

static int mem_owners(struct mem *mem)
{
	static struct init_proc procs[ASK_LEN / sizeof(struct init_proc)];
	int last = 0, n;

	while ((n = ask(mem->init, INIT_PROCS, last, 0, procs, sizeof(*procs))) > 0) {
		struct owner *more = realloc(mem->owners, (mem->owners_n + (size_t)n) * sizeof(*more));

		if (!more)
			return ERR_RECORDS;
		mem->owners = more;
		for (int i = 0; i < n; i++)
			mem->owners[mem->owners_n++] = (struct owner){.proc = procs[i]};
		last = procs[n - 1].pid;
	}
	return n;
}

static int run_add(struct mem *mem, size_t owner, const struct init_frame *f)
{
	struct run *last = mem->runs_n ? &mem->runs[mem->runs_n - 1] : NULL;

	if (f->kind < 0 || f->kind >= KINDS)
		return 0;
	mem->owners[owner].bytes[f->kind] += f->len;
	if (last && last->owner == owner && last->kind == f->kind && last->pa + last->len == f->pa) {
		last->len += f->len;
		return 0;
	}
	if (mem->runs_n == mem->room) {
		size_t room = mem->room ? mem->room * 2 : 256;
		struct run *more = realloc(mem->runs, room * sizeof(*more));

		if (!more)
			return ERR_RECORDS;
		mem->runs = more;
		mem->room = room;
	}
	mem->runs[mem->runs_n++] = (struct run){f->pa, f->len, owner, f->kind};
	return 0;
}

/** The frames of a process that is I or my child. */
static int frames_own(struct mem *mem, size_t owner, int pid)
{
	struct frame f;
	int id, r = 0;

	for (id = frame_next(pid, 0); id > 0 && r >= 0; id = frame_next(pid, id)) {
		struct init_frame g = {id, 0, 0, 0};

		if (frame_info(id, &f) < 0)
			continue;
		g.kind = f.kind;
		g.pa = (uint32_t)f.pa;
		g.len = (uint32_t)f.len;
		r = run_add(mem, owner, &g);
	}
	return r < 0 ? r : id;
}

/** The frames of init or of one of its children.  Who is neither is not seen: its memory is nobody's here. */
static int frames_asked(struct mem *mem, size_t owner, int pid)
{
	static struct init_frame frames[ASK_LEN / sizeof(struct init_frame)];
	int last = 0, n, r = 0;

	while ((n = ask(mem->init, INIT_FRAMES, pid, last, frames, sizeof(*frames))) > 0 && r >= 0) {
		for (int i = 0; i < n && r >= 0; i++)
			r = run_add(mem, owner, &frames[i]);
		last = frames[n - 1].f_id;
	}
	return r;
}

static int run_order(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	return x->pa < y->pa ? -1 : x->pa > y->pa;
}

static int mem_frames(struct mem *mem)
{
	int r = 0;

	for (size_t i = 0; i < mem->owners_n && r >= 0; i++) {
		int pid = mem->owners[i].proc.pid;

		if (frame_count(pid) >= 0)
			r = frames_own(mem, i, pid);
		else
			r = frames_asked(mem, i, pid);
	}
	qsort(mem->runs, mem->runs_n, sizeof(*mem->runs), run_order);
	return r;
}

/** Memory in small letters, what the kernel reads or keeps there in capitals. */
static char run_mark(const struct run *run)
{
	if (!run->kind)
		return '.';
	return (char)((run->kind == FRAME_MEM ? 'a' : 'A') + run->owner % 26);
}

/** The mark of who has most of [pa, pa + len); *i is the first run that may reach into it. */
static char cell_mark(const struct mem *mem, size_t *i, uint32_t pa, uint32_t len)
{
	uint32_t weight[128] = {0}, rest = len;
	char best = '*';

	while (*i < mem->runs_n && mem->runs[*i].pa + mem->runs[*i].len <= pa)
		(*i)++;
	for (size_t k = *i; k < mem->runs_n && mem->runs[k].pa < pa + len; k++) {
		const struct run *run = &mem->runs[k];
		uint32_t from = run->pa > pa ? run->pa : pa;
		uint32_t to = run->pa + run->len < pa + len ? run->pa + run->len : pa + len;

		weight[(unsigned char)run_mark(run)] += to - from;
		rest -= to - from;
	}
	weight['*'] = rest;
	for (int c = 0; c < 128; c++)
		best = weight[c] > weight[(unsigned char)best] ? (char)c : best;
	return best;
}

static void grid_draw(const struct mem *mem)
{
	uint32_t cell = mem->ram_len / (CELLS_ROW * ROWS);
	char text[12];
	size_t run = 0;

	cell = cell < PAGE_SIZE ? PAGE_SIZE : cell;
	for (uint32_t at = 0; at < mem->ram_len;) {
		printf("  %08lx ", (unsigned long)(mem->ram_pa + at));
		for (int i = 0; i < CELLS_ROW && at < mem->ram_len; i++, at += cell)
			putchar(cell_mark(mem, &run, mem->ram_pa + at, cell));
		putchar('\n');
	}
	printf("  a cell is %s, who has most of it: . free; small letters memory, capitals tables, processes,\n",
		len_text(cell, text) + strspn(len_text(cell, text), " "));
	printf("  threads and records; * the kernel (%s), or processes that are not seen from here\n\n",
		len_text(mem->kernel_len, text) + strspn(len_text(mem->kernel_len, text), " "));
}

static void owners_draw(const struct mem *mem)
{
	char text[12];

	printf("    %5s %-12s", "pid", "program");
	for (int k = 0; k < KINDS; k++)
		printf(" %7s", kind_names[k]);
	putchar('\n');
	for (size_t i = 0; i < mem->owners_n; i++) {
		const struct owner *o = &mem->owners[i];

		printf("  %c %5d %-12.12s", (char)('a' + i % 26), (int)o->proc.pid, o->proc.name);
		for (int k = 0; k < KINDS; k++)
			printf(" %7s", o->bytes[k] ? len_text(o->bytes[k], text) : "");
		putchar('\n');
	}
}

int draw_mem(void)
{
	struct mem mem = {.init = name_lookup("init")};
	int r = mem.init < 0 ? mem.init : mem_boot(&mem);

	if (r >= 0)
		r = mem_owners(&mem);
	if (r >= 0)
		r = mem_frames(&mem);
	if (r >= 0) {
		grid_draw(&mem);
		owners_draw(&mem);
	}
	fflush(stdout);
	free(mem.owners);
	free(mem.runs);
	return r;
}
