/* SPDX-License-Identifier: ISC
 * clear: empties the terminal's screen. */
#include "tool.h"

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		tool_usage("clear");
	fputs("\033[H\033[2J", stdout);
	return tool_end("clear");
}
