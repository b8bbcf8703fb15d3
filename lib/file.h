/* SPDX-License-Identifier: ISC
 * The process's table of open files.  Internal to lib/.  Results: zero or more, or -1 with errno set. */
#ifndef MULLION_FILE_H
#define MULLION_FILE_H

#include "spawn.h"

/** Puts a file that is open at a server under number fd, or under the lowest free one (-1).  The number. */
int file_install(int fd, int server, int handle, int type);
/** What stands under fd. */
int file_get(int fd, struct spawn_fd *out);
/** The pid of the file server. */
int file_server(void);
/** Makes `path` absolute and plain (no ".", "..", "//") in `out`, of `len` bytes.  Its length with the NUL. */
int file_path(const char *path, char *out, size_t len);

#define FILE_PATH_LEN 512

#endif
