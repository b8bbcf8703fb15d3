/* SPDX-License-Identifier: ISC
 * tee: copies standard input to standard output and to files. */
#include "tool.h"

int main(int argc, char **argv)
{
	static char buf[TOOL_BUF];
	int first = 1, flags = O_WRONLY | O_CREAT | O_TRUNC, status = 0;
	int *fds = calloc((size_t)argc, sizeof(*fds));
	ssize_t n;

	if (argc > 1 && !strcmp(argv[1], "-a")) {
		flags = O_WRONLY | O_CREAT | O_APPEND;
		first = 2;
	}
	if (!fds)
		return tool_error("tee", "memory");
	fds[0] = 1;
	for (int i = first; i < argc; i++) {
		fds[i] = open(argv[i], flags, 0666);
		if (fds[i] < 0)
			status = tool_error("tee", argv[i]);
	}
	while ((n = read(0, buf, sizeof(buf))) > 0) {
		for (int i = 0; i < argc; i++) {
			if (fds[i] > 0 && tool_write(fds[i], buf, (size_t)n))
				status = tool_error("tee", i ? argv[i] : "output");
		}
	}
	return status;
}
