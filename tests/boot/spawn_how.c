/* SPDX-License-Identifier: ISC
 * spawn_with: files, environment, priority, and a start that waits. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "test.h"

#define SELF "/tests/spawn_how"

/* Says on standard output what it got. */
static int role_says(int parent)
{
	const char *text = getenv("WORD");

	(void)parent;
	if (!text || getenv("PATH"))
		return 1;
	return write(1, text, strlen(text)) == (ssize_t)strlen(text) && write(0, "x", 1) < 0 ? 0 : 2;
}

const struct test_role test_roles[] = {{"says", role_says}, {NULL, NULL}};

TEST("a child gets the files, the environment and the priority that it was given, and starts when it is let go")
{
	static char *const argv[] = {
		(char *)(uintptr_t)SELF, (char *)(uintptr_t) "says", (char *)(uintptr_t) "0", NULL};
	static char *const envp[] = {(char *)(uintptr_t) "WORD=spoken", NULL};
	int fd = open("/tmp/how", O_RDWR | O_CREAT | O_TRUNC, 0644), pid, status;
	int fds[3] = {-1, fd, 2};
	struct spawn_how how = {.envp = envp, .fds = fds, .fd_n = 3, .stopped = 1, .priority = 3};
	struct proc_info info;
	char text[8] = "";

	CHECK(fd >= 0);
	pid = CHECK_OK(spawn_with(SELF, argv, &how));
	CHECK_OK(proc_info(pid, &info));
	CHECK_EQ(info.state, PROC_STOPPED);
	CHECK_EQ(info.priority, 3);
	CHECK_ERR(proc_wait(pid, SHORT, NULL), ERR_TIMEOUT);
	CHECK_OK(spawn_go(pid));
	CHECK_OK(spawn_wait(pid, &status));
	CHECK_EQ(status, 0);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, text, sizeof text), 6);
	CHECK(!strcmp(text, "spoken"));
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(unlink("/tmp/how"), 0);
}
