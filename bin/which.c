/* SPDX-License-Identifier: ISC
 * which: prints the files that programs of these names are started from. */
#include <sys/stat.h>
#include "tool.h"

static int is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/** Looks in one directory of $PATH, which may be "": here. */
static int found_in(const char *dir, size_t n, const char *name)
{
	char *folder = strndup(dir, n), *path = tool_path(folder && *folder ? folder : ".", name);
	int found = is_program(path);

	if (found)
		puts(path);
	free(path);
	free(folder);
	return found;
}

static int which(const char *name)
{
	const char *dirs = getenv("PATH");

	if (strchr(name, '/')) {
		if (!is_program(name))
			return 1;
		puts(name);
		return 0;
	}
	for (dirs = dirs ? dirs : "/bin"; dirs; dirs = strchr(dirs, ':')) {
		dirs += *dirs == ':';
		if (found_in(dirs, strcspn(dirs, ":"), name))
			return 0;
	}
	return 1;
}

int main(int argc, char **argv)
{
	int status = 0;

	if (argc < 2)
		tool_usage("which NAME…");
	for (int i = 1; i < argc; i++) {
		if (which(argv[i])) {
			fprintf(stderr, "which: %s: no such program in $PATH\n", argv[i]);
			status = 1;
		}
	}
	return tool_end("which") | status;
}
