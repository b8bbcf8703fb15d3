/* SPDX-License-Identifier: ISC
 * The executor: walks a syntax tree.  Every function answers the status, which is also $?; break, return,
 * exit and an interruption travel in sh.flow, which everybody checks before going on. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

int status_set(int status)
{
	sh.status = status;
	if (status && sh.errexit && !sh.condition && !sh.flow)
		sh.flow = FLOW_EXIT;
	return status;
}

/** A condition: set -e does not count its failure. */
static int exec_condition(struct node *n)
{
	sh.condition++;
	exec_node(n);
	sh.condition--;
	return sh.status;
}

/** After a loop's body: 1 to leave the loop. */
static int loop_ends(void)
{
	if (sh.flow == FLOW_ON)
		return 0;
	if (sh.flow != FLOW_BREAK && sh.flow != FLOW_CONTINUE)
		return 1;
	if (--sh.flow_n > 0)
		return 1;
	if (sh.flow == FLOW_BREAK) {
		sh.flow = FLOW_ON;
		return 1;
	}
	sh.flow = FLOW_ON;
	return 0;
}

static int exec_while(struct node *n)
{
	int status = 0;

	sh.loops++;
	for (;;) {
		int go = (exec_condition(n->a) == 0) == (n->kind == N_WHILE);

		if (sh.flow ? loop_ends() : !go)
			break;
		if (!go)
			continue; /* a `continue` in the condition */
		status = exec_node(n->b);
		if (loop_ends())
			break;
	}
	sh.loops--;
	if (!sh.flow)
		sh.status = status;
	return sh.status;
}

static int exec_for(struct node *n)
{
	struct list words = {0};
	size_t i;

	if (n->listed)
		expand_words(n->words, &words);
	for (i = 0; !n->listed && i < sh.args->n && !busy(); i++)
		list_add(&words, sh.args->v[i]);
	if (!sh.flow)
		sh.status = 0;
	sh.loops++;
	for (i = 0; i < words.n && !sh.flow; i++) {
		if (var_set(n->name, words.v[i]) < 0) {
			status_set(2);
			break;
		}
		exec_node(n->b);
		if (loop_ends())
			break;
	}
	sh.loops--;
	list_free(&words);
	return sh.status;
}

static int item_fits(const struct case_item *item, const char *subject)
{
	const struct word *w;
	int fits = 0;

	for (w = item->patterns; w && !fits && !sh.flow; w = w->next) {
		char *pattern = expand_pattern(w->text);

		fits = match(pattern, subject);
		mem_free(pattern);
	}
	return fits && !sh.flow;
}

static int exec_case(struct node *n)
{
	char *subject = expand_string(n->words->text);
	struct case_item *item = n->items;

	while (item && !item_fits(item, subject))
		item = item->next;
	mem_free(subject);
	if (sh.flow)
		return sh.status;
	sh.status = 0;
	return item && item->body ? exec_node(item->body) : sh.status;
}

static int exec_if(struct node *n)
{
	int status = exec_condition(n->a);
	struct node *body = status ? n->c : n->b;

	if (sh.flow)
		return sh.status;
	sh.status = 0;
	return body ? exec_node(body) : 0;
}

static int exec_and_or(struct node *n)
{
	int status = exec_condition(n->a);

	if (sh.flow || (status == 0) != (n->kind == N_AND))
		return status;
	return exec_node(n->b);
}

static int exec_not(struct node *n)
{
	exec_condition(n->a);
	if (!sh.flow)
		sh.status = !sh.status;
	return sh.status;
}

static int exec_plain(struct node *n)
{
	switch (n->kind) {
	case N_SIMPLE:
		return exec_simple(n);
	case N_PIPE:
		return exec_pipe(n->a, 0);
	case N_AND:
	case N_OR:
		return exec_and_or(n);
	case N_ASYNC:
		return exec_async(n->a);
	case N_NOT:
		return exec_not(n);
	case N_IF:
		return exec_if(n);
	case N_WHILE:
	case N_UNTIL:
		return exec_while(n);
	case N_FOR:
		return exec_for(n);
	case N_CASE:
		return exec_case(n);
	case N_SUB:
		return status_set(exec_subshell(n->a));
	case N_FUNC:
		func_set(n->name, n->a);
		return sh.status = 0;
	default:
		return exec_node(n->a); /* N_GROUP */
	}
}

/** A compound command under its redirections. */
static int exec_redirected(struct node *n)
{
	struct redir_saved saved;

	if (redir_make(n->redirs, &saved) < 0)
		return sh.flow ? sh.status : status_set(2);
	exec_plain(n);
	redir_undo(&saved);
	return sh.status;
}

int exec_node(struct node *n)
{
	/* A list is walked, not recursed into: it may be as long as the script. */
	while (n->kind == N_SEQ && !n->redirs) {
		exec_node(n->a);
		if (sh.flow)
			return sh.status;
		n = n->b;
	}
	jobs_poll();
	if (sh.flow)
		return sh.status;
	if (stack_is_low()) {
		expand_fail("commands are nested too deeply");
		return sh.status;
	}
	if (n->redirs && n->kind != N_SIMPLE)
		exec_redirected(n);
	else
		exec_plain(n);
	return sh.status;
}

/** Executes what a text holds, command by command. */
static int exec_lex(struct lex *x)
{
	int ran = 0;

	while (!sh.flow) {
		struct node *n;

		x->arena = arena_new();
		n = parse_command(x);
		if (n) {
			exec_node(n);
			ran = 1;
		}
		arena_drop(x->arena);
		if (x->failed) {
			sh.status = 2;
			if (!sh.interactive)
				sh.flow = FLOW_EXIT;
			break;
		}
		if (sh.flow || (!n && x->token == T_END))
			break;
	}
	if (!ran && !x->failed && !sh.flow)
		sh.status = 0;
	return sh.status;
}

int exec_text(const char *text, size_t n)
{
	struct lex x;

	lex_init(&x, text, n);
	exec_lex(&x);
	lex_free(&x);
	return sh.status;
}

int exec_file(const char *path)
{
	struct str text = {0};
	int fd = open(path, O_RDONLY), failed = fd < 0;

	if (fd >= 0) {
		failed = read_all(fd, &text) < 0;
		close(fd);
	}
	if (failed)
		complain("%s: %s", path, strerror(errno));
	else
		exec_text(str_text(&text), text.n);
	str_free(&text);
	return failed ? (sh.status = 127) : sh.status;
}
