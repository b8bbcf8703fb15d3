/* SPDX-License-Identifier: ISC
 * Patterns: * ? […] and \, against a string and against the files there are. */
#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "sh.h"

static int class_fits(const char *name, size_t n, int c)
{
	static const struct {
		const char *name;
		int (*is)(int);
	} classes[] = {
		{"alpha", isalpha},
		{"digit", isdigit},
		{"alnum", isalnum},
		{"upper", isupper},
		{"lower", islower},
		{"space", isspace},
		{"punct", ispunct},
		{"xdigit", isxdigit},
		{"print", isprint},
		{"graph", isgraph},
		{"cntrl", iscntrl},
	};
	size_t i;

	for (i = 0; i < sizeof classes / sizeof *classes; i++)
		if (strlen(classes[i].name) == n && !strncmp(classes[i].name, name, n))
			return classes[i].is(c) != 0;
	return 0;
}

/** Whether c is in the […] at p; *end gets what follows it, NULL if it is not closed. */
static int set_fits(const char *p, int c, const char **end)
{
	int not = 0, fits = 0, first = 1;

	p++;
	if (*p == '!' || *p == '^') {
		not = 1;
		p++;
	}
	for (; *p && (*p != ']' || first); first = 0) {
		const char *close = *p == '[' && p[1] == ':' ? strstr(p + 2, ":]") : NULL;
		int low, high;

		if (close) {
			fits |= class_fits(p + 2, (size_t)(close - p) - 2, c);
			p = close + 2;
			continue;
		}
		if (*p == '\\' && p[1])
			p++;
		low = high = (unsigned char)*p++;
		if (*p == '-' && p[1] && p[1] != ']') {
			p++;
			if (*p == '\\' && p[1])
				p++;
			high = (unsigned char)*p++;
		}
		fits |= c >= low && c <= high;
	}
	*end = *p ? p + 1 : NULL;
	return fits != not ;
}

/** Whether the one element of the pattern at p fits c; *end gets what follows it. */
static int one_fits(const char *p, int c, const char **end)
{
	*end = p + 1;
	if (*p == '?')
		return 1;
	if (*p == '[') {
		const char *after;
		int fits = set_fits(p, c, &after);

		if (after) {
			*end = after;
			return fits;
		}
	}
	if (*p == '\\' && p[1])
		*end = ++p + 1;
	return (unsigned char)*p == c;
}

int match(const char *p, const char *s)
{
	const char *star = NULL, *again = NULL, *end;

	while (!busy()) {
		if (*p == '*') {
			star = ++p;
			again = s;
			continue;
		}
		if (!*s && !*p)
			return 1;
		if (*s && *p && one_fits(p, (unsigned char)*s, &end)) {
			p = end;
			s++;
			continue;
		}
		/* The last * takes one byte more; earlier ones need not be tried again. */
		if (!star || !*again)
			return 0;
		p = star;
		s = ++again;
	}
	return 0;
}

int match_special(const char *p)
{
	for (; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (strchr("*?[", *p))
			return 1;
	}
	return 0;
}

static void unescape(struct str *out, const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (p[i] == '\\' && i + 1 < n)
			i++;
		str_putc(out, p[i]);
	}
}

static void glob_below(struct str *path, const char *pattern, struct list *out);

/** The entries of directory `path` that fit, and what lies below them. */
static void glob_dir(struct str *path, const char *pattern, const char *rest, struct list *out)
{
	DIR *d = opendir(path->n ? path->s : "."); /* no memory for it: none of its files fits */
	size_t n = path->n;
	struct dirent *e;

	while (d && !busy() && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.' && (pattern[0] != '.' || !strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")))
			continue;
		if (!match(pattern, e->d_name))
			continue;
		str_puts(path, e->d_name);
		if (*rest)
			glob_below(path, rest, out);
		else
			list_add(out, path->s);
		path->n = n;
		path->s[n] = 0;
	}
	if (d)
		closedir(d);
}

/** Adds the files below `path` (empty, or ending in /) that fit the pattern. */
static void glob_below(struct str *path, const char *pattern, struct list *out)
{
	size_t n = path->n, part;
	struct str piece = {0};
	struct stat st;

	if (stack_is_low()) {
		expand_fail("nested too deeply");
		return;
	}
	for (; *pattern == '/'; pattern++)
		str_putc(path, '/');
	part = strcspn(pattern, "/");
	str_add(&piece, pattern, part);
	if (sh.flow) {
		str_free(&piece);
		return;
	}
	if (match_special(piece.s)) {
		glob_dir(path, piece.s, pattern + part, out);
	} else {
		unescape(path, piece.s, piece.n);
		if (pattern[part])
			glob_below(path, pattern + part, out);
		else if (!stat(path->s, &st))
			list_add(out, path->s);
	}
	str_free(&piece);
	path->n = n;
	path->s[n] = 0;
}

size_t glob_add(const char *pattern, struct list *out)
{
	struct str path = {0};
	size_t from = out->n;

	str_puts(&path, "");
	glob_below(&path, pattern, out);
	str_free(&path);
	list_sort(out, from);
	return out->n - from;
}
