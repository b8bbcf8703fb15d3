/* SPDX-License-Identifier: ISC
 * Mapping as words, in two forms: with tables named, which are the calls themselves; and without, in the
 * shell's own address space, where the library finds room and tables. */
#include <stdlib.h>
#include <string.h>
#include "sh_mull.h"

static const struct {
	const char *name;
	int flag;
} flag_names[] = {
	{"page", F_MAP_PAGE},
	{"section", F_MAP_SECTION},
	{"table", F_MAP_TABLE},
	{"keep", F_MAP_KEEP},
	{"uncached", F_MAP_UNCACHED},
	{"replace", F_MAP_REPLACE},
};

/** One part of FLAGS: a name of above, or letters of rwx; -1: neither. */
static int flag_part(const char *s, size_t n)
{
	size_t i;
	int flags = 0;

	for (i = 0; i < sizeof flag_names / sizeof *flag_names; i++)
		if (strlen(flag_names[i].name) == n && !strncmp(s, flag_names[i].name, n))
			return flag_names[i].flag;
	for (i = 0; i < n; i++) {
		if (!strchr("rwx-", s[i]))
			return -1;
		flags |= s[i] == 'r' ? F_MAP_READ : s[i] == 'w' ? F_MAP_WRITE : s[i] == 'x' ? F_MAP_EXEC : 0;
	}
	return flags;
}

/** FLAGS: rwx, page and so on, joined by , or +.  -1 after reporting. */
static int flags_parse(const char *word, const char *text)
{
	int flags = 0, part;
	const char *s = text;

	while (*s) {
		size_t n = strcspn(s, ",+");

		part = flag_part(s, n);
		if (part < 0) {
			complain("%s: %s: not rwx, page, section, table, keep, uncached, replace", word, text);
			return -1;
		}
		flags |= part;
		s += n + (s[n] != 0);
	}
	return flags;
}

static int kind_of(int f_id)
{
	struct frame f;

	return frame_info(f_id, &f) < 0 ? 0 : f.kind;
}

/** Adds the form that the two kinds leave no choice about. */
static int flags_form(int flags, int t_id, int f_id)
{
	if (flags & F_MAP_FORM)
		return flags;
	if (kind_of(t_id) != FRAME_L1)
		return flags | F_MAP_PAGE;
	return flags | (kind_of(f_id) == FRAME_L2 ? F_MAP_TABLE : F_MAP_SECTION);
}

/** n numbers; -1 after reporting. */
static int numbers(char **argv, int n, uint32_t *out)
{
	int i;

	for (i = 0; i < n; i++)
		if (word_number(argv[0], argv[i + 1], &out[i]) < 0)
			return -1;
	return 0;
}

static int map_own(int argc, char **argv)
{
	uint32_t n[3] = {0};
	int count = argc == 4 || argc == 5 ? 3 : 1, flags;
	void *va;

	if (numbers(argv, count, n) < 0)
		return 2;
	flags = argc == count + 2 ? flags_parse("map", argv[argc - 1]) : F_MAP_READ;
	if (flags < 0)
		return 2;
	if (argc == count + 1 && kind_of((int)n[0]) == FRAME_MEM)
		flags |= F_MAP_WRITE;
	va = vm_map((int)n[0], n[1], n[2], flags);
	if (!va)
		return word_refused("map", vm_error());
	outf("0x%08lx\n", (unsigned long)(uintptr_t)va);
	return 0;
}

/** map T F AT OFFSET LEN FLAGS · map F [OFFSET LEN] [FLAGS] */
static int do_map(int argc, char **argv)
{
	uint32_t n[5];
	int flags;

	if (argc >= 2 && argc <= 5)
		return map_own(argc, argv);
	if (argc != 7)
		return usage("map");
	flags = flags_parse("map", argv[6]);
	if (flags < 0 || numbers(argv, 5, n) < 0)
		return 2;
	flags = flags_form(flags, (int)n[0], (int)n[1]);
	return word_done("map", frame_map((int)n[0], (int)n[1], n[2], n[3], n[4], flags));
}

/** unmap T F AT LEN · unmap ADDRESS LEN */
static int do_unmap(int argc, char **argv)
{
	uint32_t n[4];

	if ((argc != 5 && argc != 3) || numbers(argv, argc - 1, n) < 0)
		return argc == 5 || argc == 3 ? 2 : usage("unmap");
	if (argc == 3)
		return word_done("unmap", vm_unmap((void *)(uintptr_t)n[0], n[1]));
	return word_done("unmap", frame_unmap((int)n[0], (int)n[1], n[2], n[3]));
}

static int do_revoke(int argc, char **argv)
{
	uint32_t n[1];

	if (argc != 2)
		return usage("revoke");
	return numbers(argv, 1, n) < 0 ? 2 : word_done("revoke", frame_unmap(0, (int)n[0], 0, 0));
}

/** protect T F AT LEN RIGHTS · protect ADDRESS LEN RIGHTS */
static int do_protect(int argc, char **argv)
{
	uint32_t n[4];
	int rights;

	if (argc != 6 && argc != 4)
		return usage("protect");
	rights = flags_parse("protect", argv[argc - 1]);
	if (rights < 0 || numbers(argv, argc - 2, n) < 0)
		return 2;
	if (argc == 4)
		return word_done("protect", vm_protect((void *)(uintptr_t)n[0], n[1], rights));
	return word_done("protect", frame_protect((int)n[0], (int)n[1], n[2], n[3], rights));
}

static const struct builtin words[] = {
	{"map", do_map, "F [OFFSET LEN] [rwx] | T F AT OFFSET LEN FLAGS", NULL, CALL_frame_map, 0},
	{"protect", do_protect, "ADDRESS LEN rwx | T F AT LEN rwx", NULL, CALL_frame_protect, 0},
	{"revoke", do_revoke, "F", "takes a frame out of every table", 0, 0},
	{"unmap", do_unmap, "ADDRESS LEN | T F AT LEN", NULL, CALL_frame_unmap, 0},
};

void words_map(void)
{
	builtins_add(words, sizeof words / sizeof *words);
}
