/* SPDX-License-Identifier: ISC
 * mv: renames files and directories. */
#include <sys/stat.h>
#include "tool.h"

#define USAGE "mv FROM… TO"

int main(int argc, char **argv)
{
	const char *to = argv[argc - 1];
	int status = 0, dir;
	struct stat st;

	if (argc < 3)
		tool_usage(USAGE);
	dir = stat(to, &st) == 0 && S_ISDIR(st.st_mode);
	if (argc > 3 && !dir)
		tool_usage(USAGE);
	for (int i = 1; i < argc - 1; i++) {
		char *path = dir ? tool_path(to, tool_base(argv[i])) : NULL;

		if (rename(argv[i], path ? path : to))
			status = tool_error("mv", argv[i]);
		free(path);
	}
	return status;
}
