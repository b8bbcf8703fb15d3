/* SPDX-License-Identifier: ISC
 * test and [: expressions over strings, numbers and files. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sh.h"
#include "sh_os.h"

/** Words being judged; failed: a mistake was reported. */
struct test {
	char **v;
	int n, at, failed;
};

static int either(struct test *t);

static int fail(struct test *t, const char *word, const char *what)
{
	if (!t->failed)
		complain("test: %s%s%s", word, *word ? ": " : "", what);
	t->failed = 1;
	return 0;
}

static const char *peek(const struct test *t, int ahead)
{
	return t->at + ahead < t->n ? t->v[t->at + ahead] : NULL;
}

static int64_t number(struct test *t, const char *text)
{
	const char *from = text;
	size_t n;
	int64_t value = 0;

	while (*from == ' ')
		from++;
	for (n = strlen(from); n && from[n - 1] == ' '; n--)
		;
	if (!number_parse(from, n, &value))
		fail(t, text, "not a number");
	return value;
}

static int is_terminal(int64_t fd)
{
	return fd >= 0 && fd < SH_FDS && os_terminal(sh.fd[fd]);
}

static int is_unary(const char *s)
{
	return s[0] == '-' && s[1] && !s[2] && strchr("defhLnprstwxz", s[1]);
}

static int unary(struct test *t, int op, const char *arg)
{
	struct stat st;

	if (op == 'n' || op == 'z')
		return (*arg == 0) == (op == 'z');
	if (op == 't')
		return is_terminal(number(t, arg));
	if (stat(arg, &st) < 0)
		return 0;
	switch (op) {
	case 'd':
		return S_ISDIR(st.st_mode);
	case 'f':
		return S_ISREG(st.st_mode);
	case 'p':
		return S_ISFIFO(st.st_mode);
	case 's':
		return st.st_size > 0;
	case 'h':
	case 'L':
		return 0;
	case 'r':
		return !access(arg, R_OK);
	case 'w':
		return !access(arg, W_OK);
	case 'x':
		return !access(arg, X_OK);
	default:
		return 1;
	}
}

static const char *const binaries[] = {"=", "!=", "==", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "<", ">"};

static int binary_index(const char *s)
{
	size_t i;

	for (i = 0; s && i < sizeof binaries / sizeof *binaries; i++)
		if (!strcmp(s, binaries[i]))
			return (int)i;
	return -1;
}

static int binary(struct test *t, int op, const char *a, const char *b)
{
	int64_t x = 0, y = 0;

	if (op >= 3 && op <= 8) {
		x = number(t, a);
		y = number(t, b);
	}
	switch (op) {
	case 0:
	case 2:
		return !strcmp(a, b);
	case 1:
		return strcmp(a, b) != 0;
	case 3:
		return x == y;
	case 4:
		return x != y;
	case 5:
		return x < y;
	case 6:
		return x <= y;
	case 7:
		return x > y;
	case 8:
		return x >= y;
	case 9:
		return strcmp(a, b) < 0;
	default:
		return strcmp(a, b) > 0;
	}
}

static int primary(struct test *t)
{
	const char *word = peek(t, 0);
	int op, value;

	if (!word)
		return fail(t, "", "an argument is missing");
	if (stack_is_low())
		return fail(t, "", "nested too deeply");
	op = binary_index(peek(t, 1));
	if (op >= 0 && peek(t, 2)) {
		value = binary(t, op, word, peek(t, 2));
		t->at += 3;
		return value;
	}
	t->at++;
	if (!strcmp(word, "!") && peek(t, 0))
		return !primary(t);
	if (!strcmp(word, "(") && peek(t, 0)) {
		value = either(t);
		if (!peek(t, 0) || strcmp(peek(t, 0), ")") != 0)
			return fail(t, "", ") is missing");
		t->at++;
		return value;
	}
	if (is_unary(word) && peek(t, 0))
		return unary(t, word[1], t->v[t->at++]);
	return *word != 0;
}

static int both(struct test *t)
{
	int value = primary(t), more;

	while (!t->failed && peek(t, 0) && !strcmp(peek(t, 0), "-a")) {
		t->at++;
		more = primary(t);
		value = value && more;
	}
	return value;
}

static int either(struct test *t)
{
	int value = both(t), more;

	while (!t->failed && peek(t, 0) && !strcmp(peek(t, 0), "-o")) {
		t->at++;
		more = both(t);
		value = value || more;
	}
	return value;
}

int do_test(int argc, char **argv)
{
	struct test t = {.v = argv + 1, .n = argc - 1};
	int value;

	if (!strcmp(argv[0], "[")) {
		if (strcmp(argv[argc - 1], "]") != 0)
			return fail(&t, "", "] is missing") + 2;
		t.n--;
	}
	if (t.n == 0)
		return 1;
	value = either(&t);
	if (!t.failed && t.at < t.n)
		fail(&t, t.v[t.at], "not expected");
	return t.failed ? 2 : !value;
}
