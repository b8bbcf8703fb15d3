/* SPDX-License-Identifier: ISC
 * File numbers: which open file of which server stands under each.  Several numbers may share one open file (dup); its
 * handle is closed with the last of them, and no lock is held while its server does that.  Grows as needed. */
#include <errno.h>
#include <fcntl.h>
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
	struct spawn_fd at; /* server 0: the number is taken, its file not open yet */
	int flags;          /* O_ACCMODE and O_APPEND of them */
	int numbers;        /* that share it */
};

static struct rlock lock = RLOCK_INIT;
static struct open **files;
static int files_n;
static int files_free; /* no number below is free */
static char cwd[sizeof((struct spawn_start *)0)->cwd] = "/";

int file_server(void)
{
	static int known;
	struct proc_info info;
	int pid = known; /* threads may find it at the same time */

	if (!pid || proc_info(pid, &info) < 0 || info.state == PROC_ENDED)
		pid = name_lookup("files");
	if (pid <= 0) {
		errno = EIO;
		return -1;
	}
	known = pid;
	return pid;
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
	int fd = from > files_free ? from : files_free;

	while (fd < files_n && files[fd])
		fd++;
	if (from <= files_free)
		files_free = fd;
	return fd;
}

static struct open *file_at(int fd)
{
	if (fd >= 0 && fd < files_n && files[fd] && files[fd]->at.server)
		return files[fd];
	errno = EBADF;
	return NULL;
}

/* Takes a number away.  Its open file, if that was the last one: to be ended when the lock is free again. */
static struct open *number_clear(int fd)
{
	struct open *o = files[fd];

	files[fd] = NULL;
	if (fd < files_free)
		files_free = fd;
	return --o->numbers ? NULL : o;
}

static int open_end(struct open *o)
{
	struct msg m = {.tag = IO_CLOSE};
	int r;

	if (!o)
		return 0;
	m.word[0] = (uint32_t)o->at.handle;
	r = io_call(o->at.server, &m);
	free(o);
	return r < 0 ? -1 : 0;
}

/* Puts an open file under fd (-1: the lowest number from `from` on).  *old: what was there, to be ended, or NULL. */
static int number_set(int fd, int from, struct open *o, struct open **old)
{
	*old = NULL;
	if (fd < 0)
		fd = lowest_free(from);
	if (table_room(fd) < 0)
		return -1;
	if (files[fd] && !files[fd]->at.server) {
		errno = EBUSY;
		return -1;
	}
	if (files[fd])
		*old = number_clear(fd);
	files[fd] = o;
	o->numbers++;
	return fd;
}

/* Closes a file that no number could be found for; errno stays. */
static int open_refuse(const struct spawn_fd *at)
{
	struct msg m = {.tag = IO_CLOSE, .word = {(uint32_t)at->handle}};

	msg_call(at->server, &m, -1);
	return -1;
}

int file_install(int fd, int server, int handle, int type)
{
	struct spawn_fd at = {server, handle, type};
	struct open *o = calloc(1, sizeof *o), *old;
	int r;

	if (!o)
		return open_refuse(&at);
	o->at = at;
	o->flags = O_RDWR;
	rlock_lock(&lock);
	r = number_set(fd, 0, o, &old);
	rlock_unlock(&lock);
	if (r < 0) {
		free(o);
		return open_refuse(&at);
	}
	open_end(old);
	return r;
}

int file_reserve(int flags)
{
	struct open *o = calloc(1, sizeof *o), *old;
	int r;

	if (!o)
		return -1;
	o->flags = flags & (O_ACCMODE | O_APPEND);
	rlock_lock(&lock);
	r = number_set(-1, 0, o, &old);
	rlock_unlock(&lock);
	if (r < 0)
		free(o);
	return r;
}

void file_opened(int fd, const struct spawn_fd *at)
{
	rlock_lock(&lock);
	files[fd]->at = *at;
	rlock_unlock(&lock);
}

void file_unreserve(int fd)
{
	struct open *o;

	rlock_lock(&lock);
	o = number_clear(fd);
	rlock_unlock(&lock);
	free(o);
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

int file_flags(int fd)
{
	struct open *o;
	int flags;

	rlock_lock(&lock);
	o = file_at(fd);
	flags = o ? o->flags : -1;
	rlock_unlock(&lock);
	return flags;
}

void files_start(void)
{
	if (!self.start)
		return;
	for (int i = 0; i < SPAWN_FDS; i++)
		if (self.start->fd[i].server)
			file_install(i, self.start->fd[i].server, self.start->fd[i].handle, self.start->fd[i].type);
	memcpy(cwd, self.start->cwd, sizeof cwd - 1);
}

/* ---- numbers ---- */

int _close(int fd);

int _close(int fd)
{
	struct open *o, *last = NULL;

	rlock_lock(&lock);
	o = file_at(fd);
	if (o)
		last = number_clear(fd);
	rlock_unlock(&lock);
	return o ? open_end(last) : -1;
}

int file_dup_from(int fd, int from)
{
	struct open *o, *old;
	int r;

	if (from < 0 || from >= FILES_MAX) {
		errno = EINVAL;
		return -1;
	}
	rlock_lock(&lock);
	o = file_at(fd);
	r = o ? number_set(-1, from, o, &old) : -1;
	rlock_unlock(&lock);
	return r;
}

int dup(int fd)
{
	return file_dup_from(fd, 0);
}

int dup2(int fd, int to)
{
	struct open *o, *old = NULL;
	int r;

	if (to < 0 || to >= FILES_MAX) {
		errno = EBADF;
		return -1;
	}
	rlock_lock(&lock);
	o = file_at(fd);
	r = !o ? -1 : fd == to ? to : number_set(to, 0, o, &old);
	rlock_unlock(&lock);
	open_end(old);
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
	if (*path != '/') {
		rlock_lock(&lock);
		at = path_add(out, len, 0, cwd);
		rlock_unlock(&lock);
	}
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
	char now[sizeof cwd];

	rlock_lock(&lock);
	strcpy(now, cwd);
	rlock_unlock(&lock);
	if (!buf)
		return strdup(now);
	if (strlen(now) >= len) {
		errno = len ? ERANGE : EINVAL;
		return NULL;
	}
	return strcpy(buf, now);
}

int file_cwd_set(const char *path)
{
	if (strlen(path) >= sizeof cwd) {
		errno = ENAMETOOLONG;
		return -1;
	}
	rlock_lock(&lock);
	strcpy(cwd, path);
	rlock_unlock(&lock);
	return 0;
}
