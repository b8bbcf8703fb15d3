/* SPDX-License-Identifier: ISC
 * hexdump: prints files as hexadecimal bytes and characters. */
#include <ctype.h>
#include "tool.h"

static int hexdump(FILE *f, const char *path)
{
	unsigned char row[16];
	unsigned long long at = 0;
	size_t n;

	while (!ferror(stdout) && (n = fread(row, 1, sizeof(row), f)) > 0) {
		printf("%08llx ", at);
		for (size_t i = 0; i < sizeof(row); i++) {
			if (i < n)
				printf("%s%02x", i == 8 ? "  " : " ", row[i]);
			else
				printf("%s  ", i == 8 ? "  " : " ");
		}
		printf("  |");
		for (size_t i = 0; i < n; i++)
			putchar(isprint(row[i]) ? row[i] : '.');
		puts("|");
		at += n;
	}
	return ferror(f) ? tool_error("hexdump", path) : 0;
}

int main(int argc, char **argv)
{
	return tool_each("hexdump", argc - 1, argv + 1, hexdump) | tool_end("hexdump");
}
