/* SPDX-License-Identifier: ISC
 * Open files that a child inherits. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "test.h"

static int role_writes(int parent)
{
	(void)parent;
	return write(3, "child\n", 6) == 6 ? 0 : 1;
}

const struct test_role test_roles[] = {{"writes", role_writes}, {NULL, NULL}};

TEST("a program inherits its parent's open files, with their positions")
{
	char text[32] = "";
	int fd = open("/tmp/shared", O_RDWR | O_CREAT | O_TRUNC, 0644);

	CHECK_EQ(fd, 3);
	CHECK_EQ(write(fd, "parent\n", 7), 7);
	CHECK_EQ(role_wait(role_spawn("writes")), 0);
	CHECK_EQ(write(fd, "again\n", 6), 6);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, text, sizeof text), 19);
	puts(text);
	CHECK(!strcmp(text, "parent\nchild\nagain\n"));
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink("/tmp/shared"), 0);
}
