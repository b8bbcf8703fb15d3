/* SPDX-License-Identifier: ISC
 * The builtins that change variables, options and arguments. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

/** Where an option's letter is kept; NULL: there is none. */
static int *option(int letter)
{
	switch (letter) {
	case 'e':
		return &sh.errexit;
	case 'f':
		return &sh.noglob;
	case 'u':
		return &sh.nounset;
	case 'x':
		return &sh.xtrace;
	}
	return NULL;
}

static int set_options(const char *word)
{
	const char *c;

	for (c = word + 1; *c; c++) {
		int *o = option(*c);

		if (!o) {
			complain("set: %s: no such option", word);
			return 2;
		}
		*o = *word == '-';
	}
	return 0;
}

int do_set(int argc, char **argv)
{
	struct str text = {0};
	int i = 1, status;

	if (argc == 1) {
		vars_print(&text, 0);
		out(str_text(&text));
		str_free(&text);
		return 0;
	}
	for (; i < argc && strchr("+-", argv[i][0]) && argv[i][0] && argv[i][1]; i++) {
		if (!strcmp(argv[i], "--"))
			break;
		status = set_options(argv[i]);
		if (status)
			return status;
	}
	if (i == argc)
		return 0;
	i += !strcmp(argv[i], "--");
	list_free(sh.args);
	for (; i < argc; i++)
		list_add(sh.args, argv[i]);
	return 0;
}

int do_shift(int argc, char **argv)
{
	int n = argc > 1 ? number_arg("shift", argv[1]) : 1;

	if (n < 0)
		return 2;
	if ((size_t)n > sh.args->n) {
		complain("shift: there are only %u", (unsigned)sh.args->n);
		return 2;
	}
	list_drop(sh.args, (size_t)n);
	return 0;
}

/** NAME or NAME=VALUE: sets and marks; 0 or a status. */
static int declare(const char *word, const char *text, int flags, int is_local)
{
	size_t n = strcspn(text, "=");
	char *name = mem_text(text, n);
	int status = 0;

	if (!name_valid(name, n)) {
		complain("%s: %s: not a name", word, name);
		status = 2;
	} else {
		if (is_local)
			locals = var_save(locals, name);
		if (text[n] && var_set(name, text + n + 1) < 0)
			status = 2;
		else if (flags)
			var_mark(name, flags);
	}
	mem_free(name);
	return status;
}

static int declare_all(int argc, char **argv, int flags)
{
	struct str text = {0};
	int i, status = 0;

	for (i = 1; i < argc && !status; i++)
		if (strcmp(argv[i], "-p") != 0)
			status = declare(argv[0], argv[i], flags, 0);
	if (argc > 1)
		return status;
	vars_print(&text, flags);
	out(str_text(&text));
	str_free(&text);
	return 0;
}

int do_export(int argc, char **argv)
{
	return declare_all(argc, argv, VAR_EXPORT);
}

int do_readonly(int argc, char **argv)
{
	return declare_all(argc, argv, VAR_READONLY);
}

int do_local(int argc, char **argv)
{
	int i, status = 0;

	if (!sh.functions) {
		complain("local: not in a function");
		return 2;
	}
	for (i = 1; i < argc && !status; i++)
		status = declare("local", argv[i], 0, 1);
	return status;
}

int do_unset(int argc, char **argv)
{
	int i = 1, functions = 0, status = 0;

	if (argc > 1 && (!strcmp(argv[1], "-f") || !strcmp(argv[1], "-v"))) {
		functions = argv[1][1] == 'f';
		i++;
	}
	for (; i < argc; i++) {
		if (functions)
			func_set(argv[i], NULL);
		else if (var_unset(argv[i]) < 0)
			status = 2;
	}
	return status;
}

/** Joins lines that end in a backslash and marks what other backslashes quote; 0 at the end of the input. */
static int read_logical(struct expansion *e, int raw)
{
	struct str line = {0};
	size_t i;
	int more = 1, got = 1;

	while (more) {
		more = 0;
		line.n = 0;
		got = read_line(&line);
		for (i = 0; i < line.n && !busy(); i++) {
			int escape = !raw && line.s[i] == '\\';

			if (escape && i + 1 == line.n) {
				more = got;
				break;
			}
			i += (size_t)escape;
			expansion_add(e, line.s + i, 1, escape ? M_QUOTED : M_SPLIT);
		}
	}
	str_free(&line);
	return got;
}

static int is_ifs(const struct expansion *e, size_t i, const char *ifs, int space)
{
	int c = e->text.s[i];

	return e->mark.s[i] == M_SPLIT && c && strchr(ifs, c) && (!space || isspace((unsigned char)c));
}

/** Cuts the first field off [*from, …) into a variable; the last variable gets all the rest. */
static int read_field(const struct expansion *e, size_t *from, const char *name, int last, const char *ifs)
{
	size_t i = *from, end;
	struct str value = {0};
	int status;

	while (i < e->text.n && is_ifs(e, i, ifs, 1))
		i++;
	for (end = i; end < e->text.n && (last || !is_ifs(e, end, ifs, 0)); end++)
		;
	*from = end;
	while (*from < e->text.n && is_ifs(e, *from, ifs, 1))
		++*from;
	if (*from < e->text.n && is_ifs(e, *from, ifs, 0))
		++*from;
	while (last && end > i && is_ifs(e, end - 1, ifs, 1))
		end--;
	str_puts(&value, "");
	str_add(&value, str_text(&e->text) + i, end - i);
	status = var_set(name, str_text(&value)) < 0 ? 2 : 0;
	str_free(&value);
	return status;
}

int do_read(int argc, char **argv)
{
	struct expansion e = {0};
	const char *ifs = var_get("IFS");
	size_t from = 0;
	int i = 1, raw = 0, status = 0, got;

	if (i < argc && !strcmp(argv[i], "-r"))
		raw = i++;
	if (i >= argc)
		return usage("read");
	ifs = ifs ? ifs : " \t\n";
	got = read_logical(&e, raw);
	for (; i < argc && !status; i++)
		status = read_field(&e, &from, argv[i], i + 1 == argc, ifs);
	expansion_free(&e);
	return status ? status : !got;
}
