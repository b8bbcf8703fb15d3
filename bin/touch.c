/* SPDX-License-Identifier: ISC
 * touch: makes files that are not there; the time of one that is becomes now. */
#include <sys/stat.h>
#include "tool.h"

static int keep; /* -c: make none */

/** The server keeps the time of the last change: so the length is set to what it is. */
static int touch(const char *path)
{
	int fd = open(path, O_WRONLY | (keep ? 0 : O_CREAT), 0666);
	struct stat st;
	int r;

	if (fd < 0)
		return keep && errno == ENOENT ? 0 : tool_error("touch", path);
	r = fstat(fd, &st) == 0 && (!S_ISREG(st.st_mode) || ftruncate(fd, st.st_size) == 0) ? 0
											    : tool_error("touch", path);
	close(fd);
	return r;
}

int main(int argc, char **argv)
{
	int c, status = 0;

	while ((c = getopt(argc, argv, "c")) > 0) {
		if (c != 'c')
			tool_usage("touch [-c] FILE…");
		keep = 1;
	}
	if (optind == argc)
		tool_usage("touch [-c] FILE…");
	for (int i = optind; i < argc; i++)
		status |= touch(argv[i]);
	return status;
}
