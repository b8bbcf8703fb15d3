/* SPDX-License-Identifier: ISC
 * cp: copies files. */
#include <sys/stat.h>
#include "tool.h"

#define USAGE "cp FROM… TO"

static int is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int cp(const char *from, const char *to)
{
	int in = open(from, O_RDONLY), out, r;

	if (in < 0)
		return tool_error("cp", from);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (out < 0) {
		close(in);
		return tool_error("cp", to);
	}
	r = tool_copy(in, out);
	if (r)
		tool_error("cp", from);
	close(in);
	close(out);
	return r ? 1 : 0;
}

int main(int argc, char **argv)
{
	const char *to = argv[argc - 1];
	int status = 0, dir;

	if (argc < 3)
		tool_usage(USAGE);
	dir = is_dir(to);
	if (argc > 3 && !dir)
		tool_usage(USAGE);
	for (int i = 1; i < argc - 1; i++) {
		char *path = dir ? tool_path(to, tool_base(argv[i])) : NULL;

		status |= cp(argv[i], path ? path : to);
		free(path);
	}
	return status;
}
