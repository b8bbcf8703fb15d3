/* SPDX-License-Identifier: ISC
 * grep: prints the lines in which a pattern occurs.  A pattern has ^ $ . [set] [^set] \c and c*. */
#include <ctype.h>
#include "tool.h"

#define USAGE "grep [-vincq] PATTERN [FILE…]"

static const char *pattern;
static int invert, ignore, number, count_only, quiet, many;
static unsigned long found;

static int match_here(const char *p, const char *text);

static int same(char a, char b)
{
	return ignore ? tolower((unsigned char)a) == tolower((unsigned char)b) : a == b;
}

/** Behind the atom at p: a character, an escaped one, or a set. */
static const char *atom_end(const char *p)
{
	if (*p == '\\' && p[1])
		return p + 2;
	if (*p != '[')
		return p + 1;
	p += p[1] == '^' ? 2 : 1;
	if (*p == ']')
		p++;
	while (*p && *p != ']')
		p++;
	return *p ? p + 1 : p;
}

static int set_has(const char *p, const char *end, char c)
{
	int negated = p[1] == '^', in = 0;

	for (p += 1 + negated; p < end - 1; p++) {
		if (p[1] == '-' && p + 2 < end - 1) {
			in |= c >= p[0] && c <= p[2];
			p += 2;
		} else {
			in |= same(*p, c);
		}
	}
	return in != negated;
}

static int atom_matches(const char *p, const char *end, char c)
{
	if (!c)
		return 0;
	if (*p == '.')
		return 1;
	if (*p == '[')
		return set_has(p, end, c);
	return same(*p == '\\' && p[1] ? p[1] : *p, c);
}

/** Any number of the atom at p, the rest after it. */
static int match_star(const char *p, const char *end, const char *text)
{
	const char *t = text;

	while (atom_matches(p, end, *t))
		t++;
	for (; t >= text; t--) {
		if (match_here(end + 1, t))
			return 1;
	}
	return 0;
}

static int match_here(const char *p, const char *text)
{
	for (;;) {
		const char *end = *p ? atom_end(p) : p;

		if (!*p)
			return 1;
		if (*p == '$' && !p[1])
			return !*text;
		if (*end == '*')
			return match_star(p, end, text);
		if (!atom_matches(p, end, *text))
			return 0;
		p = end;
		text++;
	}
}

static int matches(const char *text)
{
	if (*pattern == '^')
		return match_here(pattern + 1, text);
	do {
		if (match_here(pattern, text))
			return 1;
	} while (*text++);
	return 0;
}

static int grep(FILE *f, const char *path)
{
	static char *line;
	static size_t room;
	unsigned long here = 0, at = 0;
	size_t n;

	while ((n = tool_line(f, &line, &room)) > 0) {
		at++;
		if (line[n - 1] == '\n')
			line[n - 1] = 0;
		if (matches(line) == invert)
			continue;
		here++;
		if (quiet || count_only)
			continue;
		if (many)
			printf("%s:", path);
		if (number)
			printf("%lu:", at);
		puts(line);
	}
	found += here;
	if (count_only)
		printf(many ? "%s:%lu\n" : "%.0s%lu\n", path, here);
	return ferror(f) ? tool_error("grep", path) + 1 : 0;
}

int main(int argc, char **argv)
{
	int c, status;

	while ((c = getopt(argc, argv, "vincq")) > 0) {
		if (c == '?')
			tool_usage(USAGE);
		*(c == 'v' ? &invert : c == 'i' ? &ignore : c == 'n' ? &number : c == 'c' ? &count_only : &quiet) = 1;
	}
	if (optind == argc)
		tool_usage(USAGE);
	pattern = argv[optind++];
	many = argc - optind > 1;
	status = tool_each("grep", argc - optind, argv + optind, grep);
	return status || tool_end("grep") ? 2 : !found;
}
