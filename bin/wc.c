/* SPDX-License-Identifier: ISC
 * wc: counts lines, words and bytes. */
#include <ctype.h>
#include "tool.h"

static unsigned long long total[3];
static int shown = 7; /* a bit each: lines, words, bytes */

static void counts_print(const unsigned long long counts[3], const char *path)
{
	for (int i = 0; i < 3; i++) {
		if (shown & 1 << i)
			printf("%8llu", counts[i]);
	}
	printf("%s%s\n", strcmp(path, "-") ? " " : "", strcmp(path, "-") ? path : "");
}

static int wc(FILE *f, const char *path)
{
	static char buf[TOOL_BUF];
	unsigned long long counts[3] = {0};
	int in_word = 0;
	size_t n;

	while ((n = fread(buf, 1, sizeof(buf), f)) > 0) {
		counts[2] += n;
		for (size_t i = 0; i < n; i++) {
			int space = isspace((unsigned char)buf[i]) != 0;

			counts[0] += buf[i] == '\n';
			counts[1] += !space && !in_word;
			in_word = !space;
		}
	}
	if (ferror(f))
		return tool_error("wc", path);
	counts_print(counts, path);
	for (int i = 0; i < 3; i++)
		total[i] += counts[i];
	return 0;
}

int main(int argc, char **argv)
{
	int c, asked = 0, status;

	while ((c = getopt(argc, argv, "lwc")) > 0) {
		if (c == '?')
			tool_usage("wc [-lwc] [FILE…]");
		asked |= c == 'l' ? 1 : c == 'w' ? 2 : 4;
	}
	shown = asked ? asked : shown;
	status = tool_each("wc", argc - optind, argv + optind, wc);
	if (argc - optind > 1)
		counts_print(total, "total");
	return status | tool_end("wc");
}
