/* SPDX-License-Identifier: ISC
 * env: prints the environment. */
#include "tool.h"

extern char **environ;

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		tool_usage("env");
	for (char **e = environ; e && *e; e++)
		puts(*e);
	return tool_end("env");
}
