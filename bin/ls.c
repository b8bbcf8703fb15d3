/* SPDX-License-Identifier: ISC
 * ls: lists directories, by name. */
#include <dirent.h>
#include <sys/stat.h>
#include "tool.h"

static int long_form, all;

static void mode_print(unsigned mode)
{
	static const char letters[] = "rwxrwxrwx";
	char type = '-';

	if (S_ISDIR(mode))
		type = 'd';
	if (S_ISCHR(mode))
		type = 'c';
	putchar(type);
	for (int i = 0; i < 9; i++)
		putchar(mode & (0400u >> i) ? letters[i] : '-');
}

static int entry_print(const char *path, const char *name)
{
	struct stat st;

	if (!long_form) {
		puts(name);
		return 0;
	}
	if (stat(path, &st))
		return tool_error("ls", path);
	mode_print((unsigned)st.st_mode);
	printf(" %9ld %s\n", (long)st.st_size, name);
	return 0;
}

static int order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/** What a listing shows: with -a the names that begin with a dot, too; the directory and its parent, which the server does not
 * list, come from names_read. */
static struct dirent *entry_next(DIR *d)
{
	struct dirent *e;

	do
		e = readdir(d);
	while (e && e->d_name[0] == '.' && (!all || !e->d_name[1] || !strcmp(e->d_name, "..")));
	return e;
}

/** The names in a directory, sorted; NULL at the end. */
static char **names_read(DIR *d)
{
	char **names = NULL;
	static const char *const dots[] = {".", ".."};
	size_t n = 0, room = 0;
	const char *name;
	struct dirent *e;

	do {
		e = all && n < 2 ? NULL : entry_next(d);
		name = all && n < 2 ? dots[n] : e ? e->d_name : NULL;
		if (n == room) {
			char **more = realloc(names, (room ? room * 2 : 64) * sizeof(*more));

			if (!more)
				return NULL;
			names = more;
			room = room ? room * 2 : 64;
		}
		names[n++] = name ? strdup(name) : NULL;
	} while (name && names[n - 1]);
	if (name)
		return NULL; /* no memory for one */
	qsort(names, n - 1, sizeof(*names), order);
	return names;
}

static int list(const char *path)
{
	DIR *d = opendir(path);
	char **names;
	int status = 0;

	if (!d)
		return errno == ENOTDIR ? entry_print(path, path) : tool_error("ls", path);
	names = names_read(d);
	closedir(d);
	if (!names)
		return tool_error("ls", path);
	for (char **name = names; *name; name++) {
		char *inner = tool_path(path, *name);

		status |= entry_print(inner, *name);
		free(inner);
	}
	return status;
}

int main(int argc, char **argv)
{
	int c, status = 0;

	while ((c = getopt(argc, argv, "al")) > 0) {
		if (c == '?')
			tool_usage("ls [-al] [PATH…]");
		*(c == 'a' ? &all : &long_form) = 1;
	}
	if (optind == argc)
		status = list(".");
	for (int i = optind; i < argc; i++) {
		if (argc - optind > 1)
			printf("%s:\n", argv[i]);
		status |= list(argv[i]);
	}
	return status | tool_end("ls");
}
