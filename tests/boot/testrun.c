/* SPDX-License-Identifier: ISC
 * Runs the guest tests that stand beside it one after another, each in a process of its own with a time limit, and
 * prints PASS, FAIL or SKIP with its name.  It knows nothing of what they claim.
 * usage: testrun [--after NAME] [NAME…] */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <mullion.h>

#define SELF        "testrun"
#define TIME_LIMIT  (INT64_C(60) * 1000000000)
#define STATUS_SKIP 77

static const char *folder; /* that holds the tests, and this program */

struct names {
	char **name;
	size_t n, room;
};

static void names_add(struct names *all, const char *name)
{
	if (all->n == all->room) {
		all->room = all->room ? 2 * all->room : 64;
		all->name = realloc(all->name, all->room * sizeof *all->name);
	}
	all->name[all->n++] = strdup(name);
}

static int name_order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int names_read(struct names *all)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return 0;
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.' && strcmp(entry->d_name, SELF))
			names_add(all, entry->d_name);
	closedir(dir);
	qsort(all->name, all->n, sizeof *all->name, name_order);
	return all->n > 0;
}

/* Waits for a test; one that takes too long is ended. */
static int test_wait(int pid, int *status)
{
	int err = proc_wait(pid, TIME_LIMIT, status);

	if (err == ERR_TIMEOUT)
		proc_end(pid, 1);
	spawn_reap(pid);
	return err;
}

static int test_run(const char *name)
{
	char path[128];
	char *argv[] = {path, NULL};
	int pid, err, status;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	printf("RUN %s\n", name);
	fflush(stdout);
	pid = spawn(path, argv);
	if (pid < 0) {
		printf("FAIL %s: spawn answers %d\n", name, pid);
		return 1;
	}
	err = test_wait(pid, &status);
	if (err == ERR_TIMEOUT)
		printf("FAIL %s: no end within its time\n", name);
	else if (err < 0)
		printf("FAIL %s: %s\n", name, err_string(err));
	else if (status == STATUS_SKIP)
		printf("SKIP %s\n", name);
	else if (status)
		printf("FAIL %s: status %d\n", name, status);
	else
		printf("PASS %s\n", name);
	fflush(stdout);
	return err < 0 || (status && status != STATUS_SKIP);
}

int main(int argc, char **argv)
{
	struct names all = {0};
	const char *after = argc == 3 && !strcmp(argv[1], "--after") ? argv[2] : NULL;
	char *slash = strrchr(argv[0], '/');
	int failed = 0;

	if (slash)
		*slash = '\0';
	folder = slash ? argv[0] : ".";
	for (int i = 1; i < argc && !after; i++)
		names_add(&all, argv[i]);
	if (!all.n && !names_read(&all)) {
		printf("FAIL testrun: no tests in %s\n", folder);
		return 1;
	}
	for (size_t i = 0; i < all.n; i++)
		if (!after || strcmp(all.name[i], after) > 0)
			failed |= test_run(all.name[i]);
	puts("END");
	return failed;
}
