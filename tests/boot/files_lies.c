/* SPDX-License-Identifier: ISC
 * A server that says it read or wrote more than it was asked to. */
#include <string.h>
#include <unistd.h>
#include "file.h"
#include "proto.h"
#include "test.h"

#define GUARD 0x5a
#define LARGE 100 /* bytes that travel in a frame */

/* Answers everything with a large number, and gives each frame back. */
static void lies(void *shared)
{
	struct msg m;

	(void)shared;
	msg_recv(&m, -1);
	for (;;) {
		m.tag = 0x10000;
		if (msg_reply_recv(m.from, &m, -1) < 0)
			proc_exit(1);
	}
}

static void asked(int fd, size_t len)
{
	char to[LARGE + 1];

	memset(to, GUARD, sizeof to);
	CHECK_EQ(read(fd, to, len), len);
	for (size_t i = len; i < sizeof to; i++)
		CHECK_EQ(to[i], GUARD);
	CHECK_EQ(write(fd, to, len), len);
}

TEST("read and write answer at most what was asked, and touch nothing beyond it, whatever a server says")
{
	struct child c;
	int fd;

	child_start(&c, lies);
	fd = file_install(-1, c.pid, 1, IO_IS_FILE);
	CHECK(fd >= 0);
	asked(fd, 1);
	asked(fd, 16);
	asked(fd, 20);
	asked(fd, LARGE);
	close(fd);
	CHECK_OK(proc_end(c.pid, 0));
	child_join(&c);
}
