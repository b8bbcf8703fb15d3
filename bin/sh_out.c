/* SPDX-License-Identifier: ISC
 * What the shell itself writes and reads: buffered output of builtins, complaints, output that a command
 * substitution collects, lines for `read`.  Collected output stays in memory until a program is started
 * that adds to it; then it moves to a temporary file that both write. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

struct capture {
	struct str text;
	int file; /* -1: all is in text */
};

static struct capture *captures;
static size_t capture_n, capture_cap;
static struct str pending; /* output of builtins */
static int pending_failed;

int temp_file(void)
{
	static unsigned count;
	char name[40];
	int fd;

	snprintf(name, sizeof name, "/tmp/.sh.%d.%u", sh.pid, count++);
	fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (fd >= 0)
		unlink(name);
	return fd;
}

int capture_begin(void)
{
	out_flush();
	if (capture_n == capture_cap) {
		struct capture *more = mem_grow(captures, &capture_cap, capture_n + 1, sizeof *more);

		if (!more)
			return -1; /* nothing is executed, and so nothing printed */
		captures = more;
	}
	memset(&captures[capture_n], 0, sizeof *captures);
	captures[capture_n].file = -1;
	return CAPTURE - (int)capture_n++;
}

void capture_end(int fd, struct str *out)
{
	struct capture *c;

	out_flush();
	if (fd == -1)
		return;
	c = &captures[--capture_n];
	if (c->file < 0) {
		str_add(out, str_text(&c->text), c->text.n);
	} else {
		lseek(c->file, 0, SEEK_SET);
		read_all(c->file, out);
		close(c->file);
	}
	str_free(&c->text);
}

int real_fd(int fd)
{
	struct capture *c;

	if (fd > CAPTURE)
		return fd;
	c = &captures[CAPTURE - fd];
	if (c->file < 0) {
		c->file = temp_file();
		if (c->file < 0)
			complain("cannot collect the output: %s", strerror(errno));
		else
			write_all(c->file, str_text(&c->text), c->text.n);
		c->text.n = 0;
	}
	return c->file;
}

int write_all(int fd, const char *s, size_t n)
{
	if (fd <= CAPTURE && captures[CAPTURE - fd].file < 0) {
		str_add(&captures[CAPTURE - fd].text, s, n);
		return 0;
	}
	fd = real_fd(fd);
	while (n) {
		ssize_t w = write(fd, s, n);

		if (w < 0)
			return -1;
		s += w;
		n -= (size_t)w;
	}
	return 0;
}

int read_all(int fd, struct str *out)
{
	char block[1024];
	ssize_t n = 0;

	while (!busy() && (n = read(fd, block, sizeof block)) > 0)
		str_add(out, block, (size_t)n);
	return n < 0 ? -1 : 0;
}

int out_flush(void)
{
	int failed;

	if (pending.n && write_all(sh.fd[1], pending.s, pending.n) < 0)
		pending_failed = errno;
	pending.n = 0;
	failed = pending_failed;
	pending_failed = 0;
	if (!failed)
		return 0;
	errno = failed;
	return -1;
}

void out_n(const char *s, size_t n)
{
	str_add(&pending, s, n);
	if (pending.n < 4096)
		return;
	if (!pending_failed && write_all(sh.fd[1], pending.s, pending.n) < 0)
		pending_failed = errno;
	pending.n = 0;
}

void out(const char *s)
{
	out_n(s, strlen(s));
}

void outf(const char *fmt, ...)
{
	char small[256], *text;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof small, fmt, ap);
	va_end(ap);
	if (n < (int)sizeof small) {
		out(small);
		return;
	}
	text = mem_try((size_t)n + 1);
	if (!text)
		return;
	va_start(ap, fmt);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	va_end(ap);
	out(text);
	mem_free(text);
}

void err_text(const char *s)
{
	/* What was written before it must stand before it. */
	if (pending.n && write_all(sh.fd[1], pending.s, pending.n) < 0)
		pending_failed = errno;
	pending.n = 0;
	write_all(sh.fd[2], s, strlen(s));
}

void complain(const char *fmt, ...)
{
	char text[500] = "sh: ";
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text + 4, sizeof text - 5, fmt, ap);
	va_end(ap);
	strcat(text, "\n");
	err_text(text);
}

int read_line(struct str *line)
{
	int fd = sh.fd[0];
	char block[256];
	ssize_t n, i;
	/* Nothing past the line may be taken: a file is set back, anything else is read by the byte. */
	size_t step = lseek(fd, 0, SEEK_CUR) < 0 ? 1 : sizeof block;

	while (!busy() && (n = read(fd, block, step)) > 0) {
		for (i = 0; i < n && block[i] != '\n'; i++)
			;
		str_add(line, block, (size_t)i);
		if (i == n)
			continue;
		if (i + 1 < n)
			lseek(fd, (off_t)(i + 1 - n), SEEK_CUR);
		return 1;
	}
	return 0;
}
