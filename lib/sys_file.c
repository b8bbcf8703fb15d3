/* SPDX-License-Identifier: ISC
 * newlib's system calls on files, over the io protocol.  Owns nothing: numbers are file.c's, bytes io.c's. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "file.h"
#include "io.h"
#include "name.h"
#include "proto.h"
#include "self.h"

int _open(const char *path, int flags, int mode);
ssize_t _read(int fd, void *to, size_t len);
ssize_t _write(int fd, const void *from, size_t len);
off_t _lseek(int fd, off_t offset, int whence);
int _fstat(int fd, struct stat *st);
int _stat(const char *path, struct stat *st);
int _isatty(int fd);
int _link(const char *from, const char *to);
int _unlink(const char *path);
int _rename(const char *from, const char *to);
int _mkdir(const char *path, mode_t mode);

/* A request about a path.  The path's length goes in word[at].  The server's pid, which may be another one's next time. */
static int path_call(struct msg *m, const char *path, unsigned at)
{
	char plain[FILE_PATH_LEN];
	int server = file_server(), len = server < 0 ? -1 : file_path(path, plain, sizeof plain);

	if (len < 0)
		return -1;
	m->word[at] = (uint32_t)len - 1;
	return io_call_with(server, m, plain, (size_t)len, NULL, 0) < 0 ? -1 : server;
}

int _open(const char *path, int flags, int mode)
{
	struct msg m = {.tag = IO_OPEN, .word = {0, (uint32_t)flags, (uint32_t)mode}};
	int fd = file_reserve(flags), server = fd < 0 ? -1 : path_call(&m, path, 0);

	if (fd < 0)
		return -1;
	if (server < 0) {
		file_unreserve(fd);
		return -1;
	}
	if (m.word[1] == IO_IS_CONSOLE) { /* /dev/tty: the console's own handles exist always */
		server = name_lookup("console");
		m.word[0] = (flags & O_ACCMODE) != O_RDONLY;
	}
	if (server < 0) {
		file_unreserve(fd);
		errno = ENXIO;
		return -1;
	}
	file_opened(fd, &(struct spawn_fd){server, (int)m.word[0], (int)m.word[1]});
	return fd;
}

ssize_t _read(int fd, void *to, size_t len)
{
	struct spawn_fd f;

	return file_get(fd, &f) < 0 ? -1 : io_read(&f, to, len);
}

ssize_t _write(int fd, const void *from, size_t len)
{
	struct spawn_fd f;
	ssize_t n = file_get(fd, &f) < 0 ? -1 : io_write(&f, from, len);

	if (n < 0 && (fd == STDOUT_FILENO || self.ending))
		self.lost = true; /* for _exit, as nobody may look */
	return n;
}

off_t _lseek(int fd, off_t offset, int whence)
{
	struct msg m = {.tag = IO_SEEK};
	struct spawn_fd f;

	if (file_get(fd, &f) < 0)
		return -1;
	if (f.type == IO_IS_CONSOLE || f.type == IO_IS_PIPE) {
		errno = ESPIPE;
		return -1;
	}
	m.word[0] = (uint32_t)f.handle;
	m.word[1] = (uint32_t)offset;
	m.word[2] = offset < 0 ? UINT32_MAX : 0;
	m.word[3] = (uint32_t)whence;
	m.word[4] = INT32_MAX; /* what an off_t can hold: the server moves nothing beyond it */
	return io_call(f.server, &m) < 0 ? -1 : (off_t)m.word[0];
}

static int stat_fill(struct stat *st, const struct msg *m)
{
	if (m->word[1] > INT32_MAX) {
		errno = EOVERFLOW;
		return -1;
	}
	memset(st, 0, sizeof *st);
	st->st_mode = (mode_t)m->word[0];
	st->st_size = (off_t)m->word[1];
	st->st_mtime = (time_t)m->word[2];
	st->st_ino = (ino_t)m->word[3];
	st->st_nlink = 1;
	st->st_blksize = IO_BUFFER_LEN / 4;
	return 0;
}

int _fstat(int fd, struct stat *st)
{
	struct msg m = {.tag = IO_STAT};
	struct spawn_fd f;

	if (file_get(fd, &f) < 0)
		return -1;
	m.word[0] = (uint32_t)f.handle;
	return io_call(f.server, &m) < 0 ? -1 : stat_fill(st, &m);
}

int _stat(const char *path, struct stat *st)
{
	struct msg m = {.tag = IO_STAT, .word = {UINT32_MAX}};

	return path_call(&m, path, 1) < 0 ? -1 : stat_fill(st, &m);
}

int lstat(const char *path, struct stat *st)
{
	return _stat(path, st);
}

int access(const char *path, int mode)
{
	struct stat st;

	if (_stat(path, &st) < 0)
		return -1;
	if ((mode & R_OK && !(st.st_mode & S_IRUSR)) || (mode & W_OK && !(st.st_mode & S_IWUSR)) ||
		(mode & X_OK && !(st.st_mode & S_IXUSR))) {
		errno = EACCES;
		return -1;
	}
	return 0;
}

int _isatty(int fd)
{
	struct spawn_fd f;

	if (file_get(fd, &f) < 0)
		return 0;
	if (f.type == IO_IS_CONSOLE)
		return 1;
	errno = ENOTTY;
	return 0;
}

/* ---- names ---- */

int _link(const char *from, const char *to)
{
	(void)from, (void)to;
	errno = ENOSYS;
	return -1;
}

int _unlink(const char *path)
{
	struct msg m = {.tag = IO_UNLINK};

	return path_call(&m, path, 0) < 0 ? -1 : 0;
}

int _mkdir(const char *path, mode_t mode)
{
	struct msg m = {.tag = IO_MKDIR};

	(void)mode; /* the file server knows one user */
	return path_call(&m, path, 0) < 0 ? -1 : 0;
}

int mkdir(const char *path, mode_t mode)
{
	return _mkdir(path, mode);
}

int rmdir(const char *path)
{
	struct msg m = {.tag = IO_RMDIR};

	return path_call(&m, path, 0) < 0 ? -1 : 0;
}

int _rename(const char *from, const char *to)
{
	char both[2 * FILE_PATH_LEN];
	int server = file_server(), a = server < 0 ? -1 : file_path(from, both, FILE_PATH_LEN), b;
	struct msg m = {.tag = IO_RENAME};

	if (a < 0)
		return -1;
	b = file_path(to, both + a, FILE_PATH_LEN);
	if (b < 0)
		return -1;
	m.word[0] = (uint32_t)(a + b);
	return io_call_with(server, &m, both, (size_t)(a + b), NULL, 0) < 0 ? -1 : 0;
}

int rename(const char *from, const char *to)
{
	return _rename(from, to);
}

int ftruncate(int fd, off_t len)
{
	struct msg m = {.tag = IO_TRUNC};
	struct spawn_fd f;

	if (file_get(fd, &f) < 0)
		return -1;
	if (len < 0) {
		errno = EINVAL;
		return -1;
	}
	m.word[0] = (uint32_t)f.handle;
	m.word[1] = (uint32_t)len;
	return io_call(f.server, &m) < 0 ? -1 : 0;
}

int truncate(const char *path, off_t len)
{
	int fd = open(path, O_WRONLY), r;

	if (fd < 0)
		return -1;
	r = ftruncate(fd, len);
	close(fd);
	return r;
}

/* What was written is the server's already. */
int fsync(int fd)
{
	struct spawn_fd f;

	return file_get(fd, &f);
}

int chdir(const char *path)
{
	char plain[FILE_PATH_LEN];
	struct stat st;

	if (_stat(path, &st) < 0 || file_path(path, plain, sizeof plain) < 0)
		return -1;
	if (!S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		return -1;
	}
	return file_cwd_set(plain);
}

/* ---- numbers ---- */

int pipe(int fds[2])
{
	struct msg m = {.tag = IO_PIPE};
	int server = file_server();
	int in = server < 0 ? -1 : file_reserve(O_RDONLY), out = in < 0 ? -1 : file_reserve(O_WRONLY);

	if (out >= 0 && io_call(server, &m) >= 0) {
		file_opened(in, &(struct spawn_fd){server, (int)m.word[0], IO_IS_PIPE});
		file_opened(out, &(struct spawn_fd){server, (int)m.word[1], IO_IS_PIPE});
		fds[0] = in;
		fds[1] = out;
		return 0;
	}
	if (out >= 0)
		file_unreserve(out);
	if (in >= 0)
		file_unreserve(in);
	return -1;
}

int fcntl(int fd, int what, ...)
{
	struct spawn_fd f;
	va_list args;
	int arg;

	va_start(args, what);
	arg = va_arg(args, int);
	va_end(args);
	if (file_get(fd, &f) < 0)
		return -1;
	switch (what) {
	case F_DUPFD:
		return file_dup_from(fd, arg);
	case F_GETFD: /* there is no exec to close files at */
	case F_SETFD:
		return 0;
	case F_GETFL:
		return file_flags(fd);
	default:
		errno = EINVAL;
		return -1;
	}
}

/* ---- directories ---- */

struct dir {
	int fd;
	char *path; /* absolute, to open it again */
	struct dirent entry;
};

DIR *opendir(const char *path)
{
	char plain[FILE_PATH_LEN];
	int len = file_path(path, plain, sizeof plain);
	DIR *d = len < 0 ? NULL : calloc(1, sizeof *d);
	struct spawn_fd f;

	if (!d)
		return NULL;
	d->fd = open(plain, O_RDONLY);
	d->path = strdup(plain);
	if (d->fd >= 0 && d->path && file_get(d->fd, &f) == 0) {
		if (f.type == IO_IS_DIR)
			return d;
		errno = ENOTDIR;
	}
	if (d->fd >= 0)
		close(d->fd);
	free(d->path);
	free(d);
	return NULL;
}

struct dirent *readdir(DIR *d)
{
	struct msg m = {.tag = IO_DIR};
	struct spawn_fd f;

	if (file_get(d->fd, &f) < 0)
		return NULL;
	m.word[0] = (uint32_t)f.handle;
	if (io_call_with(f.server, &m, NULL, 0, d->entry.d_name, sizeof d->entry.d_name) <= 0)
		return NULL;
	d->entry.d_name[sizeof d->entry.d_name - 1] = 0;
	d->entry.d_ino = (ino_t)m.word[0];
	d->entry.d_type = m.word[1] == IO_IS_DIR ? DT_DIR : m.word[1] == IO_IS_FILE ? DT_REG : DT_CHR;
	return &d->entry;
}

void rewinddir(DIR *d)
{
	int fd = open(d->path, O_RDONLY);

	if (fd < 0)
		return; /* it stays where it was */
	close(d->fd);
	d->fd = fd;
}

int closedir(DIR *d)
{
	int r = close(d->fd);

	free(d->path);
	free(d);
	return r;
}
