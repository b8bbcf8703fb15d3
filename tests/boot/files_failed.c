/* SPDX-License-Identifier: ISC
 * What calls on files leave behind that fail: the library's, and those whose answer nobody waits for. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "proto.h"
#include "test.h"

#define HANDLES_MANY 700 /* more than a process may have open */

static void offsets_stay(void)
{
	int fd = open("/tmp/failed", O_RDWR | O_CREAT | O_TRUNC, 0644);

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "abcdef", 6), 6);
	CHECK_EQ(lseek(fd, INT32_MAX - 1, SEEK_SET), INT32_MAX - 1);
	errno = 0;
	CHECK_EQ(lseek(fd, 10, SEEK_CUR), -1);
	CHECK_EQ(errno, EOVERFLOW);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), INT32_MAX - 1);
	CHECK_EQ(lseek(fd, 2, SEEK_SET), 2);
	CHECK_EQ(lseek(fd, -3, SEEK_CUR), -1);
	CHECK_EQ(errno, EINVAL);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 2);
	CHECK_EQ(close(fd), 0);
}

/* A server's positions have 64 bits: adding to the highest is refused. */
static void positions_end(int files, int handle)
{
	struct msg m = {.tag = IO_SEEK, .word = {(uint32_t)handle, ~0u, INT32_MAX, SEEK_SET}};

	CHECK_OK(msg_call(files, &m, PATIENT));
	CHECK_EQ(m.tag, 0);
	m = (struct msg){.tag = IO_SEEK, .word = {(uint32_t)handle, 1, 0, SEEK_CUR}};
	CHECK_OK(msg_call(files, &m, PATIENT));
	CHECK_EQ(m.tag, PROTO_ERRNO(EOVERFLOW));
	m = (struct msg){.tag = IO_READ, .word = {(uint32_t)handle, 4, 0, 1u << 31}};
	CHECK_OK(msg_call(files, &m, PATIENT));
	CHECK_EQ(m.tag, PROTO_ERRNO(EINVAL));
	m = (struct msg){.tag = IO_SEEK, .word = {(uint32_t)handle}};
	CHECK_OK(msg_call(files, &m, PATIENT));
	CHECK_EQ(m.tag, 0);
}

static int handle_open(int files, const char *path)
{
	struct msg m = {.tag = IO_OPEN, .frame = CHECK_OK(page_alloc(PAGE_SIZE, 0)), .word = {0, O_RDONLY}};
	char *va = vm_map(m.frame, 0, 0, F_MAP_READ | F_MAP_WRITE);

	CHECK(va != NULL);
	while ((va[m.word[0]] = path[m.word[0]]))
		m.word[0]++;
	vm_unmap(va, PAGE_SIZE);
	CHECK_OK(msg_call(files, &m, PATIENT));
	CHECK_OK(page_free(m.frame));
	return m.tag < 0 ? m.tag : (int)m.word[0];
}

/* Requests that are sent, not called, have nobody to answer to. */
static void unanswered_changes_nothing(int files, int handle)
{
	struct msg m = {.tag = IO_READ, .word = {(uint32_t)handle, 4, ~0u, ~0u}};

	CHECK_OK(msg_send(files, &m, PATIENT));
	m = (struct msg){.tag = IO_READ, .word = {(uint32_t)handle, 4, ~0u, ~0u}};
	CHECK_OK(msg_call(files, &m, PATIENT));
	CHECK_EQ(m.tag, 4);
	CHECK_EQ(m.word[0] & 0xff, 'a');
	for (int i = 0; i < HANDLES_MANY; i++) {
		m = (struct msg){.tag = IO_PIPE};
		CHECK_OK(msg_send(files, &m, PATIENT));
	}
	m = (struct msg){.tag = IO_PIPE};
	CHECK_OK(msg_call(files, &m, PATIENT));
	CHECK_EQ(m.tag, 0);
	for (int i = 0; i < 2; i++) {
		struct msg c = {.tag = IO_CLOSE, .word = {m.word[i]}};

		CHECK_OK(msg_call(files, &c, PATIENT));
	}
}

/* The server's limit of handles is met before its limit of numbers: no file is made for an open that is refused. */
static void refused_makes_nothing(void)
{
	static int fd[2 * HANDLES_MANY];
	struct stat st;
	int n = 0;

	while (n < 2 * HANDLES_MANY && (fd[n] = open("/tmp/failed", O_RDONLY)) >= 0)
		n++;
	CHECK(n < 2 * HANDLES_MANY);
	CHECK_EQ(open("/tmp/never", O_RDWR | O_CREAT, 0644), -1);
	CHECK_EQ(errno, EMFILE);
	CHECK_EQ(stat("/tmp/never", &st), -1);
	CHECK_EQ(errno, ENOENT);
	while (n)
		CHECK_EQ(close(fd[--n]), 0);
}

/* No number is left: the file keeps its contents. */
static void numbers_end(void)
{
	static int fd[2048];
	struct stat st;
	int n = 0, pair[2] = {-7, -7};

	while (n < 2048 && (fd[n] = dup(0)) >= 0)
		n++;
	CHECK(n < 2048);
	CHECK_EQ(errno, EMFILE);
	CHECK_EQ(open("/tmp/failed", O_RDWR | O_TRUNC), -1);
	CHECK_EQ(errno, EMFILE);
	CHECK_EQ(stat("/tmp/failed", &st), 0);
	CHECK_EQ(st.st_size, 6);
	CHECK_EQ(close(fd[--n]), 0);
	CHECK_EQ(pipe(pair), -1);
	CHECK_EQ(errno, EMFILE);
	CHECK_EQ(pair[0], -7);
	CHECK_EQ(pair[1], -7);
	CHECK_EQ(dup(0), fd[n]); /* the one number is free again */
	for (n++; n;)
		CHECK_EQ(close(fd[--n]), 0);
}

TEST("a call on a file that fails, or whose answer nobody gets, moves no position, makes and cuts no file, and takes "
     "no "
     "number and no handle")
{
	int files = CHECK_OK(name_lookup("files")), handle;

	offsets_stay();
	handle = CHECK_OK(handle_open(files, "/tmp/failed"));
	positions_end(files, handle);
	unanswered_changes_nothing(files, handle);
	refused_makes_nothing();
	numbers_end();
	CHECK_EQ(unlink("/tmp/failed"), 0);
}
