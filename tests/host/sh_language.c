/* SPDX-License-Identifier: ISC
 * Claim: the shell's language does what a POSIX shell does: each script of tests/host/sh_cases prints what the file
 * .out beside it says.  This program is the shell, too, under the name sh.  It cannot show the words of the kernel.
 * sources: bin/sh_arith.c bin/sh_builtin.c bin/sh_call.c bin/sh_complete.c bin/sh_compound.c bin/sh_exec.c bin/sh_expand.c bin/sh_here.c bin/sh_job.c bin/sh_key.c bin/sh_lex.c bin/sh_line.c bin/sh_match.c bin/sh_mem.c bin/sh_number.c bin/sh_out.c bin/sh_param.c bin/sh_parse.c bin/sh_pipe.c bin/sh_print.c bin/sh_printf.c bin/sh_programs.c bin/sh_redir.c bin/sh_set.c bin/sh_span.c bin/sh_subst.c bin/sh_test.c bin/sh_var.c tests/host/sh_os_host.c
 */
#define main shell_main
#include "../../bin/sh.c"
#undef main
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/wait.h>

#define CASES "tests/host/sh_cases"

/** What the shell prints for a script; its status goes to *status. */
static void run_case(const char *path, struct str *out, int *status)
{
	const char *argv[] = {"sh", path, NULL};
	int fds[3], io[2], pid;

	if (os_pipe(io) < 0)
		abort();
	fds[0] = open("/dev/null", O_RDONLY);
	fds[1] = io[1];
	fds[2] = open("/dev/null", O_WRONLY);
	pid = os_spawn("/proc/self/exe", (char *const *)argv, environ, fds, 3);
	close(io[1]);
	read_all(io[0], out);
	close(io[0]);
	close(fds[0]);
	close(fds[2]);
	if (pid < 0 || waitpid(pid, status, 0) < 0)
		abort();
}

static void read_file(const char *path, struct str *out)
{
	int fd = open(path, O_RDONLY);

	if (fd < 0 || read_all(fd, out) < 0)
		abort();
	close(fd);
}

/** 1 if the case prints what it must. */
static int case_passes(const char *name)
{
	struct str script = {0}, want_path = {0}, want = {0}, got = {0};
	int status = 0, same;

	str_printf(&script, CASES "/%s", name);
	str_printf(&want_path, "%.*s.out", (int)strlen(script.s) - 3, script.s);
	read_file(want_path.s, &want);
	run_case(script.s, &got, &status);
	str_printf(&got, "status %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	same = !strcmp(str_text(&want), str_text(&got));
	if (!same)
		printf("%s:\n--- wanted ---\n%s--- got ---\n%s", name, str_text(&want), str_text(&got));
	str_free(&script);
	str_free(&want_path);
	str_free(&want);
	str_free(&got);
	return same;
}

/** Puts a directory that holds this program as `sh` in front of PATH. */
static void path_set(char *dir)
{
	char self[PATH_MAX], link[64], path[1024];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n < 0 || !mkdtemp(dir))
		abort();
	self[n] = 0;
	snprintf(link, sizeof(link), "%s/sh", dir);
	snprintf(path, sizeof(path), "%s:%s", dir, getenv("PATH"));
	if (symlink(self, link) < 0 || setenv("PATH", path, 1) < 0)
		abort();
}

static void path_drop(const char *dir)
{
	char link[64];

	snprintf(link, sizeof(link), "%s/sh", dir);
	unlink(link);
	rmdir(dir);
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/sh-test-XXXXXX";
	struct dirent *e;
	int failed = 0, n = 0;
	DIR *d;

	if (argc > 1)
		return shell_main(argc, argv);
	os_init();
	path_set(dir);
	d = opendir(CASES);
	while (d && (e = readdir(d)) != NULL) {
		size_t len = strlen(e->d_name);

		if (len < 3 || strcmp(e->d_name + len - 3, ".sh") != 0)
			continue;
		failed += !case_passes(e->d_name);
		n++;
	}
	if (d)
		closedir(d);
	path_drop(dir);
	printf("%d cases, %d failed\n", n, failed);
	return failed || !n;
}
