/* SPDX-License-Identifier: ISC
 * /tmp filled up to its limit. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "test.h"

#define CHUNK_MOST 0x10000 /* what a byte takes in a large file */

/* The position at which a byte does not fit any more. */
static off_t fill(int fd)
{
	off_t at = 0;

	while (lseek(fd, at, SEEK_SET) == at && write(fd, "x", 1) == 1)
		at += CHUNK_MOST;
	CHECK_EQ(errno, ENOSPC);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), at);
	return at;
}

/* Small files into what is left: one byte takes a page. */
static int fill_rest(void)
{
	char name[24];
	int n = 0, fd, wrote = 1;

	while (wrote == 1) {
		snprintf(name, sizeof name, "/tmp/small%d", n++);
		fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0644);
		CHECK(fd >= 0);
		wrote = (int)write(fd, "x", 1);
		CHECK_EQ(close(fd), 0);
	}
	CHECK_EQ(errno, ENOSPC);
	return n;
}

static void remove_rest(int n)
{
	char name[24];

	while (n) {
		snprintf(name, sizeof name, "/tmp/small%d", --n);
		CHECK_EQ(unlink(name), 0);
	}
}

TEST("a full /tmp refuses a write with ENOSPC and moves nothing; pipes work on, its files stay readable and can be "
     "removed, and then there is as much room as before")
{
	int fd = open("/tmp/full", O_RDWR | O_CREAT | O_TRUNC, 0644), ends[2];
	char *page = malloc(2 * PAGE_SIZE), c = 0;
	off_t first;
	int rest;

	CHECK(page && fd >= 0);
	first = fill(fd);
	CHECK(first > 0);
	rest = fill_rest();
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, &c, 1), 1);
	CHECK_EQ(c, 'x');
	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(write(ends[1], page, 2 * PAGE_SIZE), 2 * PAGE_SIZE);
	CHECK_EQ(read(ends[0], page, 2 * PAGE_SIZE), 2 * PAGE_SIZE);
	CHECK_EQ(close(ends[0]), 0);
	CHECK_EQ(close(ends[1]), 0);
	remove_rest(rest);
	CHECK_EQ(unlink("/tmp/full"), 0);
	CHECK_EQ(close(fd), 0);
	fd = open("/tmp/full", O_RDWR | O_CREAT | O_EXCL, 0644);
	CHECK(fd >= 0);
	CHECK_EQ(fill(fd), first);
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink("/tmp/full"), 0);
}
