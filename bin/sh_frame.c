/* SPDX-License-Identifier: ISC
 * The calls on frames as words: making, cutting, giving, tables, records. */
#include <stdlib.h>
#include <string.h>
#include "sh_mull.h"

int word_number(const char *word, const char *text, uint32_t *out)
{
	int minus = *text == '-', fits;
	const char *at = text + minus, *end = at + strlen(at);
	uint64_t n, limit = minus ? (uint64_t)INT32_MAX + 1 : UINT32_MAX;
	unsigned shift;

	fits = number_digits(&at, end, &n);
	shift = *at == 'K' || *at == 'k' ? 10 : *at == 'M' || *at == 'm' ? 20 : 0;
	at += shift != 0;
	if (fits ? *at : !strchr("0123456789", *at) || !*at) {
		complain("%s: %s: not a number", word, text);
		return -1;
	}
	if (!fits || n > limit >> shift) {
		complain("%s: %s: does not fit 32 bits", word, text);
		return -1;
	}
	/* Below 0 is as good as its 32 bits, as in `poke A -1`. */
	*out = (uint32_t)(minus ? 0 - (n << shift) : n << shift);
	return 0;
}

int word_pid(const char *word, const char *text, int *out)
{
	if (*text && !text[strspn(text, "0123456789")]) {
		*out = number_arg(word, text);
		return *out < 0 ? -1 : 0;
	}
	*out = name_lookup(text);
	if (*out > 0)
		return 0;
	complain("%s: %s: nobody has that name", word, text);
	return -1;
}

int word_refused(const char *word, int err)
{
	complain("%s: refused: %s", word, err_string(err));
	return 1;
}

int word_done(const char *word, int r)
{
	return r < 0 ? word_refused(word, r) : 0;
}

int word_result(const char *word, int r)
{
	if (r < 0)
		return word_refused(word, r);
	outf("%d\n", r);
	return 0;
}

/** All of a word's arguments as numbers; missing ones are 0.  -1 after reporting. */
static int numbers(int argc, char **argv, int min, int max, uint32_t *out)
{
	int i;

	memset(out, 0, (size_t)max * sizeof *out);
	if (argc - 1 < min || argc - 1 > max) {
		usage(argv[0]);
		return -1;
	}
	for (i = 1; i < argc; i++)
		if (word_number(argv[0], argv[i], &out[i - 1]) < 0)
			return -1;
	return 0;
}

static int do_alloc(int argc, char **argv)
{
	uint32_t n[2];

	if (numbers(argc, argv, 1, 2, n) < 0)
		return 2;
	if (n[0] > UINT32_MAX - PAGE_SIZE)
		return word_refused("alloc", ERR_RANGE);
	return word_result("alloc", page_alloc((n[0] + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1), n[1]));
}

static int do_free(int argc, char **argv)
{
	uint32_t n[1];

	return numbers(argc, argv, 1, 1, n) < 0 ? 2 : word_done("free", page_free((int)n[0]));
}

static int do_split(int argc, char **argv)
{
	uint32_t n[2];

	return numbers(argc, argv, 2, 2, n) < 0 ? 2 : word_result("split", frame_split((int)n[0], n[1]));
}

static int do_merge(int argc, char **argv)
{
	uint32_t n[2];

	return numbers(argc, argv, 2, 2, n) < 0 ? 2 : word_done("merge", frame_merge((int)n[0], (int)n[1]));
}

static int do_give(int argc, char **argv)
{
	uint32_t f;
	int pid;

	if (argc != 3)
		return usage("give");
	if (word_number("give", argv[1], &f) < 0 || word_pid("give", argv[2], &pid) < 0)
		return 2;
	return word_done("give", frame_give((int)f, pid));
}

/** RIGHTS as letters: g(ive), m(ap), s(end); - or 0: none. */
static int do_allow(int argc, char **argv)
{
	const char *c;
	int pid, rights = 0;

	if (argc != 3)
		return usage("allow");
	for (c = argv[2]; *c; c++) {
		if (!strchr("gms-0", *c))
			return usage("allow");
		rights |= *c == 'g' ? ALLOW_GIVE : *c == 'm' ? ALLOW_MAP : *c == 's' ? ALLOW_SEND : 0;
	}
	if (word_pid("allow", argv[1], &pid) < 0)
		return 2;
	return word_done("allow", frame_allow(pid, rights));
}

static int do_donate(int argc, char **argv)
{
	uint32_t n[1];

	return numbers(argc, argv, 1, 1, n) < 0 ? 2 : word_result("donate", frame_donate((int)n[0]));
}

static int do_table(int argc, char **argv)
{
	static const struct {
		const char *name;
		int kind;
	} kinds[] = {{"l1", FRAME_L1}, {"l2", FRAME_L2}, {"mem", FRAME_MEM}};
	uint32_t f;
	size_t i;

	if (argc != 3)
		return usage("table");
	if (word_number("table", argv[1], &f) < 0)
		return 2;
	for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(argv[2], kinds[i].name))
			return word_done("table", frame_table((int)f, kinds[i].kind));
	return usage("table");
}

static int do_cache(int argc, char **argv)
{
	static const char *const ops[] = {"clean", "flush", "unify"};
	uint32_t f, offset, len;
	int i;

	if (argc != 5)
		return usage("cache");
	if (word_number("cache", argv[1], &f) < 0 || word_number("cache", argv[2], &offset) < 0 ||
		word_number("cache", argv[3], &len) < 0)
		return 2;
	for (i = 0; i < 3; i++)
		if (!strcmp(argv[4], ops[i]))
			return word_done("cache", frame_cache((int)f, offset, len, CACHE_CLEAN + i));
	return usage("cache");
}

static int do_swap(int argc, char **argv)
{
	uint32_t f;
	int pid;

	if (argc != 3)
		return usage("swap");
	if (word_pid("swap", argv[1], &pid) < 0 || word_number("swap", argv[2], &f) < 0)
		return 2;
	return word_result("swap", vspace_swap(pid, (int)f));
}

static int do_root(int argc, char **argv)
{
	int pid = 0;

	if (argc > 1 && word_pid("root", argv[1], &pid) < 0)
		return 2;
	return word_result("root", vspace_root(pid));
}

static const struct builtin words[] = {
	{"alloc", do_alloc, "LEN [ALIGN]", "gets a zeroed frame and prints its id", 0, 0},
	{"allow", do_allow, "PID|0 gms", NULL, CALL_frame_allow, 0},
	{"cache", do_cache, "F OFFSET LEN clean|flush|unify", NULL, CALL_frame_cache, 0},
	{"donate", do_donate, "F", NULL, CALL_frame_donate, 0},
	{"free", do_free, "F", "gives a frame back to the pool", 0, 0},
	{"give", do_give, "F PID", NULL, CALL_frame_give, 0},
	{"merge", do_merge, "F1 F2", NULL, CALL_frame_merge, 0},
	{"root", do_root, "[PID]", NULL, CALL_vspace_root, 0},
	{"split", do_split, "F OFFSET", NULL, CALL_frame_split, 0},
	{"swap", do_swap, "PID L1|0", NULL, CALL_vspace_swap, 0},
	{"table", do_table, "F l1|l2|mem", NULL, CALL_frame_table, 0},
};

void words_frame(void)
{
	builtins_add(words, sizeof words / sizeof *words);
}
