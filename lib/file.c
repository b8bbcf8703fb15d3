/* SPDX-License-Identifier: ISC
 * File numbers: which open file of which server stands under each.  Several numbers may share one open file (dup); its
 * handle is closed with the last of them.  Grows as needed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "self.h"
#include "file.h"
#include "io.h"
#include "name.h"
#include "proto.h"

#define FILES_MAX 1024

struct open {
	struct spawn_fd at;
	int numbers; /* that share it */
};

static struct rlock lock = RLOCK_INIT;
static struct open **files;
static int files_n;
static char cwd[FILE_PATH_LEN] = "/";

int file_server(void)
{
	static int pid;
	struct proc_info info;

	if (pid && (proc_info(pid, &info) < 0 || info.state == PROC_ENDED))
		pid = 0;
	if (!pid)
		pid = name_lookup("files");
	if (pid > 0)
		return pid;
	pid = 0;
	errno = EIO;
	return -1;
}

/* ---- the table ---- */

static int table_room(int fd)
{
	int n = files_n ? files_n : 16;
	struct open **more;

	if (fd < files_n)
		return 0;
	if (fd >= FILES_MAX) {
		errno = EMFILE;
		return -1;
	}
	while (n <= fd)
		n *= 2;
	more = realloc(files, (size_t)n * sizeof *files);
	if (!more)
		return -1;
	memset(more + files_n, 0, (size_t)(n - files_n) * sizeof *files);
	files = more;
	files_n = n;
	return 0;
}

static int lowest_free(int from)
{
	while (from < files_n && files[from])
		from++;
	return from;
}

static struct open *file_at(int fd)
{
	if (fd >= 0 && fd < files_n && files[fd])
		return files[fd];
	errno = EBADF;
	return NULL;
}

/* Takes a number away; the handle goes with the last one. */
static int file_drop(int fd)
{
	struct open *o = file_at(fd);
	struct msg m = {.tag = IO_CLOSE};
	int r = 0;

	if (!o)
		return -1;
	files[fd] = NULL;
	if (--o->numbers)
		return 0;
	m.word[0] = (uint32_t)o->at.handle;
	r = io_call(o->at.server, &m);
	free(o);
	return r < 0 ? -1 : 0;
}

/* Puts an open file under fd (-1: the lowest number from `from` on). */
static int file_put(int fd, int from, struct open *o)
{
	if (fd < 0)
		fd = lowest_free(from);
	if (table_room(fd) < 0)
		return -1;
	if (files[fd])
		file_drop(fd);
	files[fd] = o;
	o->numbers++;
	return fd;
}

int file_install(int fd, int server, int handle, int type)
{
	struct open *o = calloc(1, sizeof *o);
	int r;

	if (!o)
		return -1;
	o->at = (struct spawn_fd){server, handle, type};
	rlock_lock(&lock);
	r = file_put(fd, 0, o);
	rlock_unlock(&lock);
	if (r < 0)
		free(o);
	return r;
}

int file_get(int fd, struct spawn_fd *out)
{
	struct open *o;

	rlock_lock(&lock);
	o = file_at(fd);
	if (o)
		*out = o->at;
	rlock_unlock(&lock);
	return o ? 0 : -1;
}

void files_start(void)
{
	if (!self.start)
		return;
	for (int i = 0; i < SPAWN_FDS; i++)
		if (self.start->fd[i].server)
			file_install(i, self.start->fd[i].server, self.start->fd[i].handle, self.start->fd[i].type);
	strncpy(cwd, self.start->cwd, sizeof cwd - 1);
}

/* ---- numbers ---- */

int _close(int fd);
int file_dup_from(int fd, int from);

int _close(int fd)
{
	int r;

	rlock_lock(&lock);
	r = file_drop(fd);
	rlock_unlock(&lock);
	return r;
}

/* The lowest free number from `from` on. */
int file_dup_from(int fd, int from)
{
	struct open *o;
	int r;

	rlock_lock(&lock);
	o = file_at(fd);
	r = o ? file_put(-1, from, o) : -1;
	rlock_unlock(&lock);
	return r;
}

int dup(int fd)
{
	return file_dup_from(fd, 0);
}

int dup2(int fd, int to)
{
	struct open *o;
	int r;

	if (to < 0) {
		errno = EBADF;
		return -1;
	}
	rlock_lock(&lock);
	o = file_at(fd);
	r = !o ? -1 : fd == to ? to : file_put(to, 0, o);
	rlock_unlock(&lock);
	return r;
}

/* ---- paths ---- */

/* Appends the parts of `path` to the plain path in out[0, at). */
static int path_add(char *out, size_t len, size_t at, const char *path)
{
	while (*path) {
		size_t n = strcspn(path, "/");

		if (n == 2 && path[0] == '.' && path[1] == '.') {
			while (at && out[--at] != '/')
				;
		} else if (n && !(n == 1 && path[0] == '.')) {
			if (at + 1 + n + 1 > len)
				return -1;
			out[at++] = '/';
			memcpy(out + at, path, n);
			at += n;
		}
		path += n;
		path += strspn(path, "/");
	}
	return (int)at;
}

int file_path(const char *path, char *out, size_t len)
{
	int at = 0;

	if (!*path) {
		errno = ENOENT;
		return -1;
	}
	if (*path != '/')
		at = path_add(out, len, 0, cwd);
	if (at >= 0)
		at = path_add(out, len, (size_t)at, path);
	if (at < 0) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (at == 0)
		out[at++] = '/';
	out[at] = 0;
	return at + 1;
}

char *getcwd(char *buf, size_t len)
{
	if (!buf)
		return strdup(cwd);
	if (strlen(cwd) >= len) {
		errno = ERANGE;
		return NULL;
	}
	return strcpy(buf, cwd);
}

/** Sets the working directory to an absolute, plain path. */
void file_cwd_set(const char *path);
void file_cwd_set(const char *path)
{
	strncpy(cwd, path, sizeof cwd - 1);
}
