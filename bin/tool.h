/* SPDX-License-Identifier: ISC
 * What the small tools share: how they complain, and reading their input.  Status 0: done; 1: something failed,
 * and was said on standard error; 2: called wrongly. */
#ifndef BIN_TOOL_H
#define BIN_TOOL_H

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TOOL_BUF 16384

/** Says how the tool is called, and ends. */
static inline void __attribute__((noreturn)) tool_usage(const char *text)
{
	fprintf(stderr, "usage: %s\n", text);
	exit(2);
}

/** Says what failed with `what`, by errno.  Returns 1, the status. */
static inline int tool_error(const char *tool, const char *what)
{
	fprintf(stderr, "%s: %s: %s\n", tool, what, strerror(errno));
	return 1;
}

/** Sees to it that all that was printed is written; else that is said.  The status. */
static inline int tool_end(const char *tool)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	errno = errno ? errno : EIO; /* it may have been long ago */
	return tool_error(tool, "standard output");
}

/** Makes -5 as the first argument, which no letter stands for, into -n5. */
static inline void tool_lines_option(int argc, char **argv)
{
	static char option[24] = "-n";

	if (argc < 2 || argv[1][0] != '-' || !isdigit((unsigned char)argv[1][1]) ||
		strlen(argv[1]) > sizeof(option) - 2)
		return;
	strcpy(option + 2, argv[1] + 1);
	argv[1] = option;
}

/** Opens a file for reading; "-" is standard input.  NULL: it was said why not. */
static inline FILE *tool_open(const char *tool, const char *path)
{
	FILE *f = strcmp(path, "-") ? fopen(path, "r") : stdin;

	if (!f)
		tool_error(tool, path);
	return f;
}

static inline void tool_close(FILE *f)
{
	if (f != stdin)
		fclose(f);
}

/** Calls `each` for every file named, standard input if none is; the greatest status. */
static inline int tool_each(const char *tool, int n, char **paths, int (*each)(FILE *f, const char *path))
{
	static char *input[] = {"-"};
	int status = 0;

	if (!n) {
		n = 1;
		paths = input;
	}
	for (int i = 0; i < n; i++) {
		FILE *f = tool_open(tool, paths[i]);
		int r = f ? each(f, paths[i]) : 1;

		status = r > status ? r : status;
		if (f)
			tool_close(f);
	}
	return status;
}

/** Writes all n bytes.  0, or -1 with errno. */
static inline int tool_write(int fd, const char *buf, size_t n)
{
	while (n) {
		ssize_t now = write(fd, buf, n);

		if (now <= 0)
			return -1;
		buf += now;
		n -= (size_t)now;
	}
	return 0;
}

/** Copies what is left of one open file to another.  0, or -1 with errno. */
static inline int tool_copy(int from, int to)
{
	static char buf[TOOL_BUF];
	ssize_t n;

	while ((n = read(from, buf, sizeof(buf))) > 0) {
		if (tool_write(to, buf, (size_t)n))
			return -1;
	}
	return n < 0 ? -1 : 0;
}

/** All of text as a number from 0 to 2^32 - 1; anything else is said, and ends the tool. */
static inline unsigned long tool_number(const char *tool, const char *text)
{
	char *end;
	unsigned long n;

	errno = 0;
	n = strtoul(text, &end, 10);
	if (!isdigit((unsigned char)*text) || *end || errno || n > UINT32_MAX) {
		fprintf(stderr, "%s: %s: not a number, or too great\n", tool, text);
		exit(2);
	}
	return n;
}

/** A path of two parts, of any length, to be freed.  Without memory the tool ends. */
static inline char *tool_path(const char *dir, const char *name)
{
	size_t n = strlen(dir) + strlen(name) + 2;
	char *path = malloc(n);

	if (!path) {
		fprintf(stderr, "%s/%s: %s\n", dir, name, strerror(ENOMEM));
		exit(1);
	}
	snprintf(path, n, "%s/%s", dir, name);
	return path;
}

/** The last component of a path. */
static inline const char *tool_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

/** Reads one line of any length, its '\n' included, into *line, which grows.  Its length, 0 at the end. */
static inline size_t tool_line(FILE *f, char **line, size_t *room)
{
	size_t n = 0;
	int c;

	while ((c = getc(f)) != EOF) {
		if (n + 2 > *room) {
			char *more = realloc(*line, *room ? *room * 2 : 256);

			if (!more)
				break;
			*line = more;
			*room = *room ? *room * 2 : 256;
		}
		(*line)[n++] = (char)c;
		if (c == '\n')
			break;
	}
	if (n)
		(*line)[n] = 0;
	return n;
}

#endif
