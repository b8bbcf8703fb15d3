/* SPDX-License-Identifier: ISC
 * Completion: what the word before the cursor may become.  A command's place takes words of the shell and
 * programs, any other place files; after a $ it is a variable. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "sh.h"

/** 1 if a command's name may stand at `from`. */
static int command_place(const char *text, size_t from)
{
	static const char *const before[] = {
		"if", "then", "else", "elif", "while", "until", "do", "!", "{", "help", "type"};
	size_t end, start, i;

	while (from && text[from - 1] == ' ')
		from--;
	if (!from || strchr(";|&(`", text[from - 1]))
		return 1;
	end = from;
	for (start = end; start && !strchr(" ;|&(", text[start - 1]); start--)
		;
	for (i = 0; i < sizeof before / sizeof *before; i++)
		if (strlen(before[i]) == end - start && !strncmp(before[i], text + start, end - start))
			return 1;
	return 0;
}

/** The entries of directory `dir` that begin with `start`, as dir (as typed) and name. */
static void match_dir(const char *dir, const char *typed, const char *start, struct list *out)
{
	struct dirent *e;
	struct stat st;
	DIR *d = opendir(dir);

	while (d && (e = readdir(d)) != NULL) {
		struct str path = {0}, word = {0};

		if (strncmp(e->d_name, start, strlen(start)) != 0 || (e->d_name[0] == '.' && *start != '.'))
			continue;
		str_printf(&path, "%s/%s", dir, e->d_name);
		str_printf(&word, "%s%s", typed, e->d_name);
		if (!stat(path.s, &st) && S_ISDIR(st.st_mode))
			str_putc(&word, '/');
		list_own(out, word.s);
		str_free(&path);
	}
	if (d)
		closedir(d);
}

static void match_files(const char *word, struct list *out)
{
	const char *slash = strrchr(word, '/');
	struct str typed = {0};

	str_add(&typed, word, slash ? (size_t)(slash - word) + 1 : 0);
	match_dir(typed.n ? typed.s : ".", typed.s, word + typed.n, out);
	str_free(&typed);
}

static void match_commands(const char *word, struct list *out)
{
	const char *dirs = var_get("PATH");
	struct str dir = {0};

	builtins_match(word, out);
	funcs_match(word, out);
	for (dirs = dirs ? dirs : "/bin"; *dirs;) {
		size_t n = strcspn(dirs, ":");

		dir.n = 0;
		str_add(&dir, dirs, n);
		match_dir(dir.s, "", word, out);
		dirs += n + (dirs[n] == ':');
	}
	str_free(&dir);
}

static void match_vars(const char *word, struct list *out)
{
	struct list names = {0};
	size_t i;

	vars_match(word + 1, &names);
	for (i = 0; i < names.n; i++) {
		struct str s = {0};

		str_printf(&s, "$%s", names.v[i]);
		list_own(out, s.s);
	}
	list_free(&names);
}

/** Drops what stands there twice, as a builtin that is a program, too. */
static void drop_doubles(struct list *l)
{
	size_t i, kept = 0;

	list_sort(l, 0);
	for (i = 0; i < l->n; i++) {
		if (kept && !strcmp(l->v[kept - 1], l->v[i]))
			mem_free(l->v[i]);
		else
			l->v[kept++] = l->v[i];
	}
	l->n = kept;
}

size_t complete_word(const char *text, size_t at, struct list *out)
{
	size_t from = at;
	char *word;

	while (from && !strchr(" \t;|&()<>`\"'=", text[from - 1]) && text[from] != '$')
		from--;
	word = mem_text(text + from, at - from);
	if (*word == '$')
		match_vars(word, out);
	else if (command_place(text, from) && !strchr(word, '/'))
		match_commands(word, out);
	else
		match_files(word, out);
	mem_free(word);
	drop_doubles(out);
	return from;
}
