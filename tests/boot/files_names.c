/* SPDX-License-Identifier: ISC
 * Names in /tmp: directories, renaming, the working directory. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "test.h"

static void file_make(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "hello", 5), 5);
	CHECK_EQ(close(fd), 0);
}

TEST("files in /tmp are made, renamed and removed in directories, and relative names start at the working directory")
{
	struct stat st;
	char cwd[64];

	CHECK_EQ(mkdir("/tmp/names", 0755), 0);
	CHECK_EQ(mkdir("/tmp/names", 0755), -1);
	CHECK_EQ(errno, EEXIST);
	file_make("/tmp/names/a");
	CHECK_EQ(open("/tmp/names/a", O_WRONLY | O_CREAT | O_EXCL, 0644), -1);
	CHECK_EQ(errno, EEXIST);
	CHECK_EQ(rename("/tmp/names/a", "/tmp/names/b"), 0);
	CHECK_EQ(stat("/tmp/names/a", &st), -1);
	CHECK_EQ(chdir("/tmp/names"), 0);
	CHECK(getcwd(cwd, sizeof cwd) && !strcmp(cwd, "/tmp/names"));
	CHECK_EQ(stat("b", &st), 0);
	CHECK_EQ(st.st_size, 5);
	CHECK_EQ(rmdir("/tmp/names"), -1);
	CHECK_EQ(unlink("../names/./b"), 0);
	CHECK_EQ(chdir("/"), 0);
	CHECK_EQ(rmdir("/tmp/names"), 0);
	CHECK_EQ(chdir("/tmp/names"), -1);
	CHECK_EQ(mkdir("/bin/new", 0755), -1);
}
