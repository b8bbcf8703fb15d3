/* SPDX-License-Identifier: ISC
 * cat: copies files to standard output. */
#include "tool.h"

static int cat(const char *path)
{
	int fd = strcmp(path, "-") ? open(path, O_RDONLY) : 0, r;

	if (fd < 0)
		return tool_error("cat", path);
	r = tool_copy(fd, 1);
	if (r)
		tool_error("cat", path);
	if (fd)
		close(fd);
	return r ? 1 : 0;
}

int main(int argc, char **argv)
{
	int status = argc < 2 ? cat("-") : 0;

	for (int i = 1; i < argc; i++)
		status |= cat(argv[i]);
	return status;
}
