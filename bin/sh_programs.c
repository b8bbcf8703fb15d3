/* SPDX-License-Identifier: ISC
 * What the programs do, for `help`: the lines of /etc/programs, which the build makes from the heads of their sources.  A program
 * that came otherwise is listed by its name alone. */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

#define PROGRAMS "/etc/programs" /* NAME, a tab, what it does */

static void lines_read(struct str *lines)
{
	int fd = open(PROGRAMS, O_RDONLY);

	if (fd < 0)
		return;
	read_all(fd, lines);
	close(fd);
}

/** What a program does, its bytes in *n; NULL if no line tells. */
static const char *line_find(const struct str *lines, const char *name, size_t *n)
{
	const char *at = str_text(lines);
	size_t len = strlen(name);

	while (*at && (strncmp(at, name, len) || at[len] != '\t'))
		at += strcspn(at, "\n") + (strchr(at, '\n') != NULL);
	if (!*at)
		return NULL;
	at += len + 1;
	*n = strcspn(at, "\n");
	return at;
}

static void line_out(const struct str *lines, const char *name)
{
	size_t n = 0;
	const char *text = line_find(lines, name, &n);

	outf("  %-11s %.*s\n", name, (int)n, text ? text : "");
}

static int order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/** The names in a directory of $PATH, sorted. */
static void names_read(const char *dir, struct list *names)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	while (d && !busy() && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.')
			list_add(names, e->d_name);
	if (d)
		closedir(d);
	if (names->n)
		qsort(names->v, names->n, sizeof *names->v, order);
}

int help_programs(void)
{
	const char *dirs = var_get("PATH");
	struct str lines = {0};
	size_t n;

	lines_read(&lines);
	for (dirs = dirs ? dirs : "/bin"; *dirs && !sh.flow; dirs += n + (dirs[n] == ':')) {
		struct list names = {0};
		struct str dir = {0};

		n = strcspn(dirs, ":");
		str_add(&dir, n ? dirs : ".", n ? n : 1);
		names_read(str_text(&dir), &names);
		for (size_t i = 0; i < names.n && !sh.flow; i++)
			line_out(&lines, names.v[i]);
		list_free(&names);
		str_free(&dir);
	}
	str_free(&lines);
	return 0;
}

int help_program(const char *name)
{
	struct str lines = {0}, path = {0};
	int found = program_find(name, &path);

	if (found) {
		lines_read(&lines);
		line_out(&lines, name);
	}
	str_free(&lines);
	str_free(&path);
	return found;
}
