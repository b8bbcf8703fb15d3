/* SPDX-License-Identifier: ISC
 * Directories (POSIX.1-2008 <dirent.h>). */
#ifndef MULLION_DIRENT_H
#define MULLION_DIRENT_H

#include <sys/types.h>

#define DT_UNKNOWN      0
#define DT_CHR          2
#define DT_DIR          4
#define DT_REG          8

#define NAME_MAX_DIRENT 255

struct dirent {
	ino_t d_ino;
	unsigned char d_type; /* DT_… */
	char d_name[NAME_MAX_DIRENT + 1];
};

typedef struct dir DIR;

/** Opens a directory.  NULL, errno ENOENT, ENOTDIR and so on. */
DIR *opendir(const char *path);
/** The next entry, in no order; valid until the next call on that directory.  NULL at the end. */
struct dirent *readdir(DIR *dir);
void rewinddir(DIR *dir);
int closedir(DIR *dir);

#endif
