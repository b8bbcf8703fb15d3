/* SPDX-License-Identifier: ISC
 * Pipelines and the background.  Programs are started at once; builtins, functions and compound commands
 * run in the shell itself (as POSIX allows), from left to right.  Only the last of these writes into a
 * pipe, when all that read after it are running; an earlier one writes a temporary file, so that the
 * shell never waits for itself. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"
#include "sh_os.h"

struct stage {
	struct node *node;
	struct list words; /* expanded, of a simple command */
	int inside;
	int in, out;  /* what it reads and writes, as sh.fd has it */
	int redirect; /* in is not the shell's own: it is closed afterwards; likewise out */
};

#define OWN_IN  1
#define OWN_OUT 2

static void stage_close(const struct stage *s)
{
	if (s->redirect & OWN_IN)
		close(s->in);
	if (s->redirect & OWN_OUT)
		close(s->out);
}

static void stage_run(struct stage *s)
{
	int in = sh.fd[0], out_fd = sh.fd[1];

	out_flush();
	sh.fd[0] = s->in;
	sh.fd[1] = s->out;
	if (s->node->kind != N_SIMPLE) {
		exec_confined(s->node);
	} else {
		exec_command(s->node, &s->words);
		if (sh.flow == FLOW_EXIT)
			flow_resume();
	}
	out_flush();
	sh.fd[0] = in;
	sh.fd[1] = out_fd;
}

static void stage_start(struct stage *s, struct job *j)
{
	struct redir_saved saved;
	int in = sh.fd[0], out_fd = sh.fd[1];

	sh.fd[0] = s->in;
	sh.fd[1] = s->out;
	if (redir_make(s->node->redirs, &saved) < 0) {
		job_add(j, -1);
	} else {
		job_add(j, program_start(&s->words, s->node->assigns));
		redir_undo(&saved);
	}
	sh.fd[0] = in;
	sh.fd[1] = out_fd;
}

/** Expands a stage's words, and says whether the shell itself runs it. */
static void stage_expand(struct stage *s)
{
	if (s->node->kind == N_SIMPLE)
		expand_words(s->node->words, &s->words);
	/* `run PROGRAM` in a pipeline or with & is the program itself, so that $! names it. */
	if (s->words.n > 1 && !strcmp(s->words.v[0], "run")) {
		mem_free(s->words.v[0]);
		memmove(s->words.v, s->words.v + 1, s->words.n-- * sizeof(*s->words.v));
		return;
	}
	s->inside = s->node->kind != N_SIMPLE || !s->words.n || command_inside(s->words.v[0]);
}

/** Gives stage i its output and the next one its input: a temporary file (whose writer runs to its end
 * first) or a pipe.  -1 with errno. */
static int stage_join(struct stage *s, struct stage *next, int file)
{
	int fds[2];

	if (file) {
		s->out = next->in = temp_file();
		if (s->out < 0)
			return -1;
		next->redirect |= OWN_IN;
		return 0;
	}
	if (os_pipe(fds) < 0)
		return -1;
	s->out = fds[1];
	next->in = fds[0];
	s->redirect |= OWN_OUT;
	next->redirect |= OWN_IN;
	return 0;
}

/** Runs the stages; last_status gets that of the last one if the shell itself ran it. */
static void stages_run(struct stage *s, size_t n, struct job *j, int *last_status)
{
	struct stage *waiting = NULL;
	size_t i, last_inside = n;

	for (i = 0; i < n; i++)
		if (s[i].inside)
			last_inside = i;
	for (i = 0; i < n && sh.flow != FLOW_ABORT; i++) {
		int last = i + 1 == n, file = s[i].inside && i != last_inside;

		if (!last && stage_join(&s[i], &s[i + 1], file) < 0) {
			complain("pipe: %s", os_error());
			stage_close(&s[i]);
			break;
		}
		if (s[i].inside && !file && !last) {
			waiting = &s[i];
			continue;
		}
		if (s[i].inside)
			stage_run(&s[i]);
		else
			stage_start(&s[i], j);
		if (s[i].inside && last)
			*last_status = sh.status;
		stage_close(&s[i]);
		if (file)
			lseek(s[i].out, 0, SEEK_SET);
	}
	if (!waiting)
		return;
	stage_run(waiting);
	stage_close(waiting);
}

int exec_pipe(struct node *first, int async)
{
	struct job *j;
	struct stage *s;
	struct node *n;
	size_t count = 0, i = 0;
	int last_status = -1, status, errexit = sh.errexit;

	for (n = first; n; n = n->next)
		count++;
	s = mem_try(count * sizeof *s);
	if (!s)
		return sh.status;
	j = job_new();
	memset(s, 0, count * sizeof *s);
	for (n = first; n && !sh.flow; n = n->next) {
		s[i].node = n;
		s[i].in = sh.fd[0];
		s[i].out = sh.fd[1];
		stage_expand(&s[i++]);
	}
	if (async)
		s[0].in = -1;
	sh.errexit = 0; /* only the last stage's status counts, below */
	if (!sh.flow)
		stages_run(s, count, j, &last_status);
	sh.errexit = errexit;
	for (i = 0; i < count; i++)
		list_free(&s[i].words);
	mem_free(s);
	if (async) {
		struct str text = {0};
		struct node whole = {.kind = N_PIPE, .a = first};

		node_print(&text, &whole);
		job_keep(j, str_text(&text));
		str_free(&text);
		return sh.status = 0;
	}
	status = job_wait(j);
	if (sh.flow)
		return sh.status;
	return status_set(last_status >= 0 ? last_status : status);
}

/** 1 if only programs would be started, as far as can be told without expanding anything. */
static int all_programs(const struct node *n)
{
	for (; n; n = n->next)
		if (n->kind != N_SIMPLE || !n->words || strpbrk(n->words->text, "$`'\"\\*?[~") ||
			(command_inside(n->words->text) && strcmp(n->words->text, "run") != 0))
			return 0;
	return 1;
}

/** Everything that another shell needs to go on from here, then the command itself. */
static int state_write(int fd, struct node *n)
{
	struct str b = {0};
	size_t i;
	int r;

	vars_print(&b, 0);
	funcs_print(&b);
	str_printf(&b, "set %ce %cx %cu %cf --", sh.errexit ? '-' : '+', sh.xtrace ? '-' : '+', sh.nounset ? '-' : '+',
		sh.noglob ? '-' : '+');
	for (i = 0; i < sh.args->n; i++) {
		str_putc(&b, ' ');
		str_quote(&b, sh.args->v[i]);
	}
	str_putc(&b, '\n');
	node_print(&b, n);
	str_putc(&b, '\n');
	errno = ENOMEM;
	r = sh.flow ? -1 : write_all(fd, str_text(&b), b.n);
	str_free(&b);
	if (!r)
		lseek(fd, 0, SEEK_SET);
	return r;
}

/** Starts a shell of its own for the tree. */
static int async_shell(struct node *n)
{
	struct list words = {0};
	struct str text = {0};
	struct job *j = job_new();
	int fd = temp_file(), in = sh.fd[0], keep = sh.fd[SH_FDS - 1];

	if (fd < 0 || state_write(fd, n) < 0) {
		if (!sh.flow)
			complain("&: %s", strerror(errno));
		if (fd >= 0)
			close(fd);
		job_add(j, -2);
		return job_wait(j);
	}
	list_add(&words, os_shell());
	list_add(&words, "-r");
	list_add(&words, sh.name);
	sh.fd[0] = -1;
	sh.fd[SH_FDS - 1] = fd; /* where -r reads */
	job_add(j, program_start(&words, NULL));
	sh.fd[0] = in;
	sh.fd[SH_FDS - 1] = keep;
	close(fd);
	node_print(&text, n);
	job_keep(j, str_text(&text));
	str_free(&text);
	list_free(&words);
	return sh.status = 0;
}

int exec_async(struct node *n)
{
	struct node *first = n->kind == N_PIPE ? n->a : n;

	if (n->kind == N_PIPE ? all_programs(first) : n->kind == N_SIMPLE && all_programs(n))
		return exec_pipe(first, 1);
	return async_shell(n);
}
