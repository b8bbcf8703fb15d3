/* SPDX-License-Identifier: ISC
 * The process's table of open files, and its working directory.  Internal to lib/.  Results: zero or more, or -1 with
 * errno set. */
#ifndef MULLION_FILE_H
#define MULLION_FILE_H

#include <stddef.h>
#include "spawn.h"

#define FILE_PATH_LEN 512

/** Puts a file that is open at a server under number fd, or under the lowest free one (-1), for reading and writing.
 * Returns the number; what stood there is closed.  EMFILE · ENOMEM: the file is closed. */
int file_install(int fd, int server, int handle, int type);

/** Takes the lowest free number for a file that is about to be opened with `flags` (newlib's O_…), so that opening cannot
 * fail for lack of one after the server has done it.  Until then the number is nobody's: EBADF, and EBUSY to dup2.
 * EMFILE · ENOMEM. */
int file_reserve(int flags);

/** What a reserved number stands for from now on. */
void file_opened(int fd, const struct spawn_fd *at);

/** Gives a reserved number back, nothing having been opened. */
void file_unreserve(int fd);

/** What stands under fd.  EBADF. */
int file_get(int fd, struct spawn_fd *out);

/** The flags that fd was opened with: its access mode and O_APPEND.  EBADF. */
int file_flags(int fd);

/** Puts the open file of fd under the lowest free number from `from` on, too.  EBADF · EINVAL from · EMFILE. */
int file_dup_from(int fd, int from);

/** The pid of the file server.  EIO: there is none. */
int file_server(void);

/** Makes `path` absolute and plain (no ".", "..", "//") in `out`, of `len` bytes.  Its length with the NUL.
 * ENOENT it is empty · ENAMETOOLONG. */
int file_path(const char *path, char *out, size_t len);

/** Sets the working directory to an absolute, plain path.  ENAMETOOLONG: a child could not be told of it. */
int file_cwd_set(const char *path);

#endif
