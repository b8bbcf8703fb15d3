/* SPDX-License-Identifier: ISC
 * sort: prints the lines of files in order. */
#include "tool.h"

static char **lines;
static size_t lines_n, room;
static int numeric, reverse;

/** The number that a line begins with: its sign, and its digits without zeros in front. */
static int number_at(const char *s, const char **digits, size_t *n)
{
	int minus;

	while (isspace((unsigned char)*s))
		s++;
	minus = *s == '-';
	s += *s == '-' || *s == '+';
	while (*s == '0')
		s++;
	*digits = s;
	for (*n = 0; isdigit((unsigned char)s[*n]); ++*n)
		;
	return *n && minus ? -1 : 1;
}

/** By the numbers that two lines begin with, of any length. */
static int by_number(const char *x, const char *y)
{
	const char *a, *b;
	size_t m, n;
	int sign = number_at(x, &a, &m), other = number_at(y, &b, &n), r;

	if (sign != other)
		return sign;
	r = m == n ? strncmp(a, b, m) : m < n ? -1 : 1;
	return sign * ((r > 0) - (r < 0));
}

static int order(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	int r = numeric ? by_number(x, y) : 0;

	r = r ? r : strcmp(x, y);
	return reverse ? -r : r;
}

static int lines_read(FILE *f, const char *path)
{
	char *line = NULL;
	size_t line_room = 0, n;

	while ((n = tool_line(f, &line, &line_room)) > 0) {
		if (lines_n == room) {
			char **more = realloc(lines, (room ? room * 2 : 256) * sizeof(*more));

			if (!more)
				return tool_error("sort", path);
			lines = more;
			room = room ? room * 2 : 256;
		}
		if (line[n - 1] == '\n')
			line[n - 1] = 0;
		lines[lines_n++] = line;
		line = NULL;
		line_room = 0;
	}
	return ferror(f) ? tool_error("sort", path) : 0;
}

int main(int argc, char **argv)
{
	int c, unique = 0, status;

	while ((c = getopt(argc, argv, "nru")) > 0) {
		if (c == '?')
			tool_usage("sort [-nru] [FILE…]");
		*(c == 'n' ? &numeric : c == 'r' ? &reverse : &unique) = 1;
	}
	status = tool_each("sort", argc - optind, argv + optind, lines_read);
	qsort(lines, lines_n, sizeof(*lines), order);
	for (size_t i = 0; i < lines_n; i++) {
		if (!unique || !i || strcmp(lines[i], lines[i - 1]))
			puts(lines[i]);
	}
	return status | tool_end("sort");
}
