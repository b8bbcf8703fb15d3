/* SPDX-License-Identifier: ISC
 * rmdir: removes empty directories. */
#include "tool.h"

int main(int argc, char **argv)
{
	int status = 0;

	if (argc < 2)
		tool_usage("rmdir DIR…");
	for (int i = 1; i < argc; i++) {
		if (rmdir(argv[i]))
			status = tool_error("rmdir", argv[i]);
	}
	return status;
}
