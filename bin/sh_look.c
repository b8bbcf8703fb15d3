/* SPDX-License-Identifier: ISC
 * Looking as words: frames, their mappings, what stands in tables, processes, and the pictures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "draw.h"
#include "sh_mull.h"

static const char *kind_text(int kind)
{
	static const char *const names[] = {"?", "mem", "dev", "l1", "l2", "proc", "thread", "records"};

	return kind > 0 && kind <= FRAME_RECORDS ? names[kind] : names[0];
}

/** "rwx" and the options of a mapping. */
static void flags_text(struct str *out, int flags)
{
	str_putc(out, flags & F_MAP_READ ? 'r' : '-');
	str_putc(out, flags & F_MAP_WRITE ? 'w' : '-');
	str_putc(out, flags & F_MAP_EXEC ? 'x' : '-');
	str_puts(out, flags & F_MAP_TABLE ? " table" : flags & F_MAP_SECTION ? " section" : " page");
	if (flags & F_MAP_UNCACHED)
		str_puts(out, " uncached");
	if (flags & F_MAP_KEEP)
		str_puts(out, " keep");
}

static void out_frame(const struct frame *f)
{
	outf("%8d  %-7s  0x%08lx  0x%08lx  %d\n", f->f_id, kind_text(f->kind), (unsigned long)f->pa,
		(unsigned long)f->len, f->maps);
}

static void out_mapping(const struct mapping *m)
{
	struct str flags = {0};

	flags_text(&flags, m->flags);
	outf("%8d  %8d  0x%08lx  0x%08lx  0x%08lx  %s\n", m->t_id, m->f_id, (unsigned long)m->at,
		(unsigned long)m->offset, (unsigned long)m->len, flags.s);
	str_free(&flags);
}

#define FRAME_HEAD   "   frame  kind     address     length      maps\n"
#define MAPPING_HEAD "   table     frame  at          offset      length      rights\n"

static int do_frames(int argc, char **argv)
{
	struct frame f;
	int pid = 0, id, r;

	if (argc > 1 && word_pid("frames", argv[1], &pid) < 0)
		return 2;
	id = frame_next(pid, 0);
	if (id < 0)
		return word_refused("frames", id);
	for (out(FRAME_HEAD); id > 0; id = frame_next(pid, id)) {
		r = frame_info(id, &f);
		if (r < 0)
			return word_refused("frames", r);
		out_frame(&f);
	}
	return 0;
}

/** info F [FIELD]: one line, or one number for scripts. */
static int do_info(int argc, char **argv)
{
	struct frame f;
	uint32_t id;
	int r;

	if (argc < 2 || argc > 3)
		return usage("info");
	if (word_number("info", argv[1], &id) < 0)
		return 2;
	r = frame_info((int)id, &f);
	if (r < 0)
		return word_refused("info", r);
	if (argc == 2) {
		out(FRAME_HEAD);
		out_frame(&f);
	} else if (!strcmp(argv[2], "kind")) {
		outf("%s\n", kind_text(f.kind));
	} else if (!strcmp(argv[2], "len")) {
		outf("%lu\n", (unsigned long)f.len);
	} else if (!strcmp(argv[2], "pa")) {
		outf("0x%08lx\n", (unsigned long)f.pa);
	} else if (!strcmp(argv[2], "maps")) {
		outf("%d\n", f.maps);
	} else {
		return usage("info");
	}
	return 0;
}

static int do_mappings(int argc, char **argv)
{
	struct mapping m = {0};
	uint32_t id;
	int r;

	if (argc != 2)
		return usage("mappings");
	if (word_number("mappings", argv[1], &id) < 0)
		return 2;
	r = frame_maps((int)id, &m);
	if (r >= 0)
		out(MAPPING_HEAD);
	for (; r > 0; r = frame_maps((int)id, &m))
		out_mapping(&m);
	return word_done("mappings", r);
}

static int do_vspace(int argc, char **argv)
{
	struct mapping m = {0};
	uint32_t id, at = 0;
	int r;

	if (argc < 2 || argc > 3)
		return usage("vspace");
	if (word_number("vspace", argv[1], &id) < 0 || (argc > 2 && word_number("vspace", argv[2], &at) < 0))
		return 2;
	r = vspace_next((int)id, at, &m);
	if (r >= 0)
		out(MAPPING_HEAD);
	for (; r > 0; r = vspace_next((int)id, at, &m)) {
		uint32_t len = m.flags & F_MAP_TABLE ? L2_SPAN : (uint32_t)m.len;

		out_mapping(&m);
		at = (uint32_t)m.at + len;
	}
	/* Past the table's last address there is nothing either. */
	return r < 0 && r != ERR_RANGE ? word_refused("vspace", r) : 0;
}

static int do_resolve(int argc, char **argv)
{
	struct mapping m = {0};
	struct str flags = {0};
	uint32_t id, va;
	int r;

	if (argc != 3)
		return usage("resolve");
	if (word_number("resolve", argv[1], &id) < 0 || word_number("resolve", argv[2], &va) < 0)
		return 2;
	r = vspace_resolve((int)id, va, &m);
	if (r < 0)
		return word_refused("resolve", r);
	flags_text(&flags, m.flags);
	outf("frame %d offset 0x%lx physical 0x%08lx table %d %s\n", m.f_id, (unsigned long)m.offset,
		(unsigned long)m.pa, m.t_id, flags.s);
	str_free(&flags);
	return 0;
}

/** Runs what prints with stdio, and hands its text to the shell's output, wherever that goes. */
static int drawn(const char *word, int (*draw)(int pid), int pid)
{
	FILE *terminal = stdout;
	char *text = NULL;
	size_t n = 0;
	int r;

	stdout = open_memstream(&text, &n);
	if (!stdout) {
		stdout = terminal;
		complain("%s: no memory", word);
		return 1;
	}
	r = draw(pid);
	if (fclose(stdout) == EOF)
		expand_fail("out of memory");
	else
		out_n(text, n);
	stdout = terminal;
	free(text);
	return word_done(word, r);
}

static int do_maps(int argc, char **argv)
{
	int pid = 0;

	if (argc > 1 && word_pid("maps", argv[1], &pid) < 0)
		return 2;
	return drawn("maps", draw_maps, pid);
}

static int draw_all(int pid)
{
	(void)pid;
	return draw_mem();
}

static int do_mem(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return drawn("mem", draw_all, 0);
}

static const struct builtin words[] = {
	{"frames", do_frames, "[PID]", "lists a process's frames", 0, 0},
	{"info", do_info, "F [kind|len|pa|maps]", NULL, CALL_frame_info, 0},
	{"mappings", do_mappings, "F", "lists where a frame is mapped", 0, 0},
	{"maps", do_maps, "[PID]", "draws an address space", 0, 0},
	{"mem", do_mem, "", "draws physical memory by owner and kind", 0, 0},
	{"resolve", do_resolve, "T ADDRESS", NULL, CALL_vspace_resolve, 0},
	{"vspace", do_vspace, "T [ADDRESS]", "lists what is mapped in a table", 0, 0},
};

void words_look(void)
{
	builtins_add(words, sizeof words / sizeof *words);
}
