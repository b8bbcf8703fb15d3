/* SPDX-License-Identifier: ISC
 * Files of the boot archive through newlib. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "test.h"

TEST("open, read, lseek, fstat and close work on a file of the boot archive; what is missing answers ENOENT")
{
	char magic[4], again[4];
	struct stat st;
	int fd = open("/bin/sh", O_RDONLY);

	CHECK(fd >= 0);
	CHECK_EQ(read(fd, magic, 4), 4);
	CHECK(!memcmp(magic, "\177ELF", 4));
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, again, 4), 4);
	CHECK(!memcmp(magic, again, 4));
	CHECK_OK(fstat(fd, &st));
	CHECK(S_ISREG(st.st_mode) && st.st_size > 1000);
	CHECK_EQ(lseek(fd, 0, SEEK_END), st.st_size);
	CHECK_EQ(read(fd, magic, 4), 0);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(read(fd, magic, 4), -1);
	CHECK_EQ(errno, EBADF);
	CHECK_EQ(open("/no/such/file", O_RDONLY), -1);
	CHECK_EQ(errno, ENOENT);
	CHECK_EQ(open("/bin/sh", O_WRONLY), -1);
}
