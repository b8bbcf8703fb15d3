/* SPDX-License-Identifier: ISC
 * The machine under the shell when its language is tested on a host: fork, exec and waitpid.  Claims
 * nothing about the terminal or the words of the kernel, which a host has not. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "sh_os.h"

static char self[4096];

void os_init(void)
{
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	if (n < 0)
		abort();
	signal(SIGPIPE, SIG_IGN);
}

size_t os_stack(void)
{
	return 4 << 20; /* the sanitizers' frames are large */
}

int os_pid(void)
{
	return getpid();
}

static void child_files(const int *fds, size_t fd_n)
{
	int high[16], i;

	/* First out of the way, then into place: the two sets may overlap. */
	for (i = 0; i < (int)fd_n; i++)
		high[i] = fds[i] < 0 ? -1 : fcntl(fds[i], F_DUPFD, 100);
	for (i = 0; i < 100; i++)
		close(i);
	for (i = 0; i < (int)fd_n; i++)
		if (high[i] >= 0)
			dup2(high[i], i);
	for (i = 100; i < 200; i++)
		close(i);
}

int os_spawn(const char *path, char *const argv[], char *const envp[], const int *fds, size_t fd_n)
{
	int report[2], error = 0;
	pid_t pid;

	if (pipe2(report, O_CLOEXEC) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		int far = fcntl(report[1], F_DUPFD_CLOEXEC, 300);

		child_files(fds, fd_n);
		signal(SIGPIPE, SIG_DFL);
		execve(path, argv, envp);
		error = errno;
		_exit(write(far, &error, sizeof error) < 0);
	}
	close(report[1]);
	if (pid > 0 && read(report[0], &error, sizeof error) > 0) {
		waitpid(pid, NULL, 0);
		pid = -1;
	}
	close(report[0]);
	if (error)
		errno = error;
	return pid;
}

int os_pipe(int fds[2])
{
	return pipe2(fds, O_CLOEXEC);
}

const char *os_error(void)
{
	return strerror(errno);
}

void os_event(struct os_event *ev, int wait, int ms)
{
	int status;
	pid_t pid = waitpid(-1, &status, wait ? 0 : WNOHANG);

	(void)ms;
	memset(ev, 0, sizeof *ev);
	if (pid <= 0)
		return;
	ev->kind = OS_DIED;
	ev->pid = pid;
	ev->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int os_kill(int pid, int status)
{
	return kill(pid, status > 128 ? status - 128 : SIGTERM);
}

int os_child(int pid)
{
	return kill(pid, 0) == 0;
}

void os_kill_strays(const int *keep, size_t n)
{
	(void)keep;
	(void)n;
}

int os_terminal(int fd)
{
	return isatty(fd);
}

void os_raw(int raw)
{
	(void)raw;
}

int os_getc(void)
{
	unsigned char c;

	return read(0, &c, 1) == 1 ? c : -1;
}

size_t os_ahead(const char **s)
{
	*s = "";
	return 0;
}

const char *os_call_text(int call)
{
	(void)call;
	return NULL;
}

void os_words(void)
{
}

const char *os_shell(void)
{
	return self;
}
