/* SPDX-License-Identifier: ISC
 * mkdir: makes directories; with -p also those above, and one that is there is no error. */
#include <sys/stat.h>
#include "tool.h"

static int make_all(char *path)
{
	struct stat st;

	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = 0;
		if (stat(path, &st))
			mkdir(path, 0777);
		*slash = '/';
	}
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? 0 : mkdir(path, 0777);
}

int main(int argc, char **argv)
{
	int first = argc > 1 && !strcmp(argv[1], "-p") ? 2 : 1, status = 0;

	if (first == argc)
		tool_usage("mkdir [-p] DIR…");
	for (int i = first; i < argc; i++) {
		if (first == 2 ? make_all(argv[i]) : mkdir(argv[i], 0777))
			status = tool_error("mkdir", argv[i]);
	}
	return status;
}
