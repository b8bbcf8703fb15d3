/* SPDX-License-Identifier: ISC
 * echo: prints its arguments. */
#include "tool.h"

int main(int argc, char **argv)
{
	int newline = argc < 2 || strcmp(argv[1], "-n");

	for (int i = newline ? 1 : 2; i < argc; i++)
		printf("%s%s", argv[i], i + 1 < argc ? " " : "");
	if (newline)
		putchar('\n');
	return tool_end("echo");
}
