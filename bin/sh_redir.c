/* SPDX-License-Identifier: ISC
 * Redirections.  The shell keeps its own table of which real file stands for 0 to 9, and programs get
 * their files from it; so nothing is ever duplicated, and undoing is a copy. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

static void saved_close(struct redir_saved *s)
{
	while (s->n)
		close(s->opened[--s->n]);
	mem_free(s->opened);
	s->opened = NULL;
}

void redir_keep(struct redir_saved *s)
{
	s->n = 0;
	saved_close(s);
}

static int saved_add(struct redir_saved *s, int fd)
{
	int *more;

	if (fd < 0)
		return fd;
	more = mem_grow(s->opened, &s->cap, s->n + 1, sizeof *more);
	if (!more) {
		close(fd);
		return -1;
	}
	s->opened = more;
	s->opened[s->n++] = fd;
	return fd;
}

static int here_open(const struct redir *r)
{
	char *text = r->literal ? NULL : expand_here(r->body);
	const char *body = text ? text : r->body;
	int fd = temp_file();

	if (fd >= 0) {
		write_all(fd, body, strlen(body));
		lseek(fd, 0, SEEK_SET);
	} else {
		complain("here-document: %s", strerror(errno));
	}
	mem_free(text);
	return fd;
}

static int file_open(const struct redir *r, const char *name)
{
	static const int flags[] = {
		O_RDONLY, O_WRONLY | O_CREAT | O_TRUNC, O_WRONLY | O_CREAT | O_APPEND, O_RDWR | O_CREAT};
	int fd = open(name, flags[r->op], 0666);

	if (fd < 0)
		complain("%s: %s", name, strerror(errno));
	return fd;
}

/** The descriptor that >&WORD means, -1 for >&-, -2 for a mistake. */
static int dup_source(const char *word)
{
	if (!strcmp(word, "-"))
		return -1;
	if (isdigit((unsigned char)word[0]) && !word[1] && sh.fd[word[0] - '0'] != -1)
		return sh.fd[word[0] - '0'];
	complain("%s: no such open file", word);
	return -2;
}

static int redir_one(const struct redir *r, struct redir_saved *s)
{
	char *word;
	int fd;

	if (r->op == R_HERE || r->op == R_HERE_TABS) {
		fd = saved_add(s, here_open(r));
		sh.fd[r->fd] = fd;
		return fd < 0 || sh.flow ? -1 : 0;
	}
	word = expand_string(r->word);
	fd = sh.flow ? -2 : r->op == R_DUP ? dup_source(word) : saved_add(s, file_open(r, word));
	mem_free(word);
	if (fd == -2 || (fd < 0 && r->op != R_DUP))
		return -1;
	sh.fd[r->fd] = fd;
	return 0;
}

int redir_make(const struct redir *r, struct redir_saved *s)
{
	out_flush();
	memset(s, 0, sizeof *s);
	memcpy(s->fd, sh.fd, sizeof sh.fd);
	for (; r; r = r->next) {
		if (!redir_one(r, s))
			continue;
		memcpy(sh.fd, s->fd, sizeof sh.fd);
		saved_close(s);
		return -1;
	}
	return 0;
}

void redir_undo(struct redir_saved *s)
{
	out_flush();
	memcpy(sh.fd, s->fd, sizeof sh.fd);
	saved_close(s);
}
