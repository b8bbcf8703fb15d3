/* SPDX-License-Identifier: ISC
 * head: prints the first lines of files. */
#include "tool.h"

static unsigned long lines = 10;

static int head(FILE *f, const char *path)
{
	unsigned long left = lines;
	int c;

	while (left && (c = getc(f)) != EOF) {
		putchar(c);
		left -= c == '\n';
	}
	return ferror(f) ? tool_error("head", path) : 0;
}

int main(int argc, char **argv)
{
	int c;

	tool_lines_option(argc, argv);
	while ((c = getopt(argc, argv, "n:")) > 0) {
		if (c != 'n')
			tool_usage("head [-N | -n LINES] [FILE…]");
		lines = tool_number("head", optarg);
	}
	return tool_each("head", argc - optind, argv + optind, head) | tool_end("head");
}
