/* SPDX-License-Identifier: ISC
 * Subshells: the shell itself executes them, and puts its state back afterwards.  So what $(…) and (…)
 * make in the kernel stays the shell's, and nothing has to be started for them. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

struct subshell {
	struct shell state;
	struct var_table *vars;
	struct var_saved *locals;
	struct list args;
	char *cwd;
};

static char *cwd_get(void)
{
	char buf[512];

	return mem_dup(getcwd(buf, sizeof buf) ? buf : "/");
}

struct subshell *subshell_enter(void)
{
	struct subshell *s = mem_get(sizeof *s);
	size_t i;

	out_flush();
	memset(s, 0, sizeof *s);
	s->state = sh;
	s->vars = vars_push();
	s->locals = locals;
	s->cwd = cwd_get();
	for (i = 0; i < sh.args->n; i++)
		list_add(&s->args, sh.args->v[i]);
	sh.args = &s->args;
	sh.loops = 0;
	sh.functions = 0;
	return s;
}

void subshell_leave(struct subshell *s)
{
	int status = sh.status, aborted = sh.flow == FLOW_ABORT;
	char *cwd = cwd_get();

	out_flush();
	locals_drop(s->locals);
	vars_pop(s->vars);
	s->state.last_async = sh.last_async;
	sh = s->state;
	sh.status = status;
	if (!aborted)
		flow_resume();
	sh.flow = aborted ? FLOW_ABORT : FLOW_ON;
	if (*s->cwd && strcmp(cwd, s->cwd) != 0 && chdir(s->cwd) < 0)
		complain("cannot go back to %s", s->cwd);
	list_free(&s->args);
	mem_free(cwd);
	mem_free(s->cwd);
	mem_free(s);
}

int exec_subshell(struct node *n)
{
	struct subshell *s = subshell_enter();

	exec_node(n);
	subshell_leave(s);
	return sh.status;
}

int exec_confined(struct node *n)
{
	int loops = sh.loops, functions = sh.functions;

	sh.loops = 0;
	sh.functions = 0;
	exec_node(n);
	sh.loops = loops;
	sh.functions = functions;
	if (sh.flow == FLOW_EXIT)
		flow_resume();
	return sh.status;
}

void subst_run(struct str *out, const char *text, size_t n)
{
	struct subshell *s;
	int fd;

	if (stack_is_low()) {
		expand_fail("nested too deeply");
		return;
	}
	s = subshell_enter();
	fd = sh.fd[1] = capture_begin();
	exec_text(text, n);
	capture_end(fd, out);
	subshell_leave(s);
	sh.subst_status = sh.status;
	while (out->n && out->s[out->n - 1] == '\n')
		out->s[--out->n] = 0;
}
