/* SPDX-License-Identifier: ISC
 * tail: prints the last lines of files. */
#include "tool.h"

static unsigned long lines = 10;
static int from_start; /* -n +N: from line N on */

static int tail_from(FILE *f, const char *path)
{
	unsigned long skip = lines ? lines - 1 : 0;
	int c;

	while (!ferror(stdout) && (c = getc(f)) != EOF) {
		if (!skip)
			putchar(c);
		skip -= skip && c == '\n';
	}
	return ferror(f) ? tool_error("tail", path) : 0;
}

/** Where the last lines of n bytes begin.  A last line without its end counts. */
static size_t last_lines(const char *text, size_t n)
{
	unsigned long left = lines;
	size_t at = n;

	while (at && left) {
		at--;
		while (at && text[at - 1] != '\n')
			at--;
		left--;
	}
	return at;
}

/** The text that can still matter: what lies before the last lines is dropped as it grows. */
static int tail(FILE *f, const char *path)
{
	size_t n = 0, room = 0, got, at;
	char *text = NULL;

	if (from_start)
		return tail_from(f, path);
	do {
		if (n == room && (at = last_lines(text, n)) > room / 2) {
			n -= at;
			memmove(text, text + at, n);
		} else if (n == room) {
			char *more = realloc(text, room ? room * 2 : TOOL_BUF);

			if (!more)
				break;
			text = more;
			room = room ? room * 2 : TOOL_BUF;
		}
		got = fread(text + n, 1, room - n, f);
		n += got;
	} while (got);
	if (ferror(f) || !feof(f)) {
		free(text);
		return tool_error("tail", path);
	}
	at = last_lines(text, n);
	fwrite(text + at, 1, n - at, stdout);
	free(text);
	return 0;
}

int main(int argc, char **argv)
{
	int c;

	tool_lines_option(argc, argv);
	while ((c = getopt(argc, argv, "n:")) > 0) {
		if (c != 'n')
			tool_usage("tail [-N | -n [+]LINES] [FILE…]");
		from_start = *optarg == '+';
		lines = tool_number("tail", optarg + from_start);
	}
	return tool_each("tail", argc - optind, argv + optind, tail) | tool_end("tail");
}
