/* SPDX-License-Identifier: ISC
 * rm: removes files; with -r directories and what is in them. */
#include <dirent.h>
#include <sys/stat.h>
#include "tool.h"

static int recursive, force;

static int rm(const char *path);

static int rm_dir(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;
	int status = 0;

	if (!d)
		return tool_error("rm", path);
	while ((e = readdir(d)) != NULL) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		char *inner = tool_path(path, e->d_name);

		status |= rm(inner);
		free(inner);
	}
	closedir(d);
	return status || rmdir(path) == 0 ? status : tool_error("rm", path);
}

static int rm(const char *path)
{
	struct stat st;

	if (recursive && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return rm_dir(path);
	if (unlink(path) == 0 || (force && errno == ENOENT))
		return 0;
	return tool_error("rm", path);
}

int main(int argc, char **argv)
{
	int c, status = 0;

	while ((c = getopt(argc, argv, "rf")) > 0) {
		if (c == '?')
			tool_usage("rm [-rf] FILE…");
		*(c == 'r' ? &recursive : &force) = 1;
	}
	if (optind == argc && !force)
		tool_usage("rm [-rf] FILE…");
	for (int i = optind; i < argc; i++)
		status |= rm(argv[i]);
	return status;
}
