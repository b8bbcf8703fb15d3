/* SPDX-License-Identifier: ISC
 * The grammar: from tokens to a syntax tree, by recursive descent.  Allocates in the text's arena alone;
 * after the first mistake every function answers NULL. */
#include <ctype.h>
#include <string.h>
#include "sh_parse.h"

static struct node *parse_element(struct lex *x);

int name_valid(const char *s, size_t n)
{
	size_t i;

	if (!n || isdigit((unsigned char)*s))
		return 0;
	for (i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '_')
			return 0;
	return 1;
}

struct node *node_new(struct lex *x, enum node_kind kind, struct node *a, struct node *b)
{
	struct node *n = arena_get(x->arena, sizeof *n);

	n->kind = kind;
	n->a = a;
	n->b = b;
	n->arena = x->arena;
	return n;
}

int at_word(const struct lex *x, const char *text)
{
	return x->token == T_WORD && !strcmp(x->word, text);
}

void skip_newlines(struct lex *x)
{
	while (x->token == T_NEWLINE)
		lex_next(x);
}

struct node *unexpected(struct lex *x)
{
	static const char *const names[] = {
		"the end", "a newline", "", "`;'", "`&'", "`|'", "`('", "`)'", "`&&'", "`||'", "`;;'", "a redirection"};
	char text[200];

	if (x->token == T_WORD)
		snprintf(text, sizeof text, "unexpected `%s'", x->word);
	else
		snprintf(text, sizeof text, "unexpected %s", names[x->token]);
	lex_fail(x, text);
	return NULL;
}

int expect(struct lex *x, const char *text)
{
	if (x->failed)
		return 0;
	if (!at_word(x, text)) {
		unexpected(x);
		return 0;
	}
	lex_next(x);
	return 1;
}

/** 1 at a token that ends a list of commands. */
static int at_end(const struct lex *x)
{
	static const char *const words[] = {"then", "else", "elif", "fi", "do", "done", "esac", "}"};
	size_t i;

	if (x->token != T_WORD)
		return x->token == T_END || x->token == T_RPAREN || x->token == T_DSEMI;
	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(x->word, words[i]))
			return 1;
	return 0;
}

struct node *parse_body(struct lex *x)
{
	struct node *n = parse_list(x, 0);

	return n || x->failed ? n : unexpected(x);
}

struct word **word_add(struct lex *x, struct word **tail)
{
	struct word *w = arena_get(x->arena, sizeof *w);

	w->text = x->word;
	*tail = w;
	return &w->next;
}

/** A redirection, if one comes now. */
static struct redir **parse_redir(struct lex *x, struct redir **tail)
{
	struct redir *r = x->redir, **here = &x->here;

	lex_next(x);
	if (x->token != T_WORD) {
		unexpected(x);
		return tail;
	}
	r->word = x->word;
	while (*here)
		here = &(*here)->waits;
	if (r->op == R_HERE || r->op == R_HERE_TABS)
		*here = r;
	*tail = r;
	lex_next(x);
	return &r->next;
}

static struct node *parse_function(struct lex *x, char *name)
{
	struct node *n = node_new(x, N_FUNC, NULL, NULL);

	lex_next(x);
	if (x->token != T_RPAREN || !name_valid(name, strlen(name)))
		return unexpected(x);
	lex_next(x);
	skip_newlines(x);
	n->name = name;
	n->a = parse_element(x);
	return n;
}

static int is_assignment(const char *s)
{
	const char *eq = strchr(s, '=');

	return eq && name_valid(s, (size_t)(eq - s));
}

static struct node *parse_simple(struct lex *x)
{
	struct node *n = node_new(x, N_SIMPLE, NULL, NULL);
	struct word **words = &n->words, **assigns = &n->assigns;
	struct redir **redirs = &n->redirs;

	while (!x->failed && (x->token == T_WORD || x->token == T_REDIR)) {
		if (x->token == T_REDIR) {
			redirs = parse_redir(x, redirs);
			continue;
		}
		if (!n->words && is_assignment(x->word))
			assigns = word_add(x, assigns);
		else
			words = word_add(x, words);
		lex_next(x);
		if (x->token == T_LPAREN && n->words && !n->words->next && !n->assigns && !n->redirs)
			return parse_function(x, n->words->text);
	}
	return n->words || n->assigns || n->redirs ? n : unexpected(x);
}

/** One stage of a pipeline. */
static struct node *parse_element(struct lex *x)
{
	struct redir **tail;
	struct node *n;

	n = parse_compound(x);
	if (x->failed)
		return NULL;
	if (!n)
		return at_end(x) ? unexpected(x) : parse_simple(x);
	for (tail = &n->redirs; x->token == T_REDIR && !x->failed;)
		tail = parse_redir(x, tail);
	return x->failed ? NULL : n;
}

static struct node *parse_pipeline(struct lex *x)
{
	struct node *n, *first, *last;

	if (at_word(x, "!")) {
		lex_next(x);
		n = parse_pipeline(x);
		return n ? node_new(x, N_NOT, n, NULL) : NULL;
	}
	first = parse_element(x);
	if (!first || x->token != T_PIPE)
		return first;
	for (last = first; x->token == T_PIPE; last = n) {
		lex_next(x);
		skip_newlines(x);
		n = parse_element(x);
		if (!n)
			return NULL;
		last->next = n;
	}
	return node_new(x, N_PIPE, first, NULL);
}

static struct node *parse_and_or(struct lex *x)
{
	struct node *n = parse_pipeline(x);

	while (n && (x->token == T_AND_IF || x->token == T_OR_IF)) {
		enum node_kind kind = x->token == T_AND_IF ? N_AND : N_OR;
		struct node *right;

		lex_next(x);
		skip_newlines(x);
		right = parse_pipeline(x);
		n = right ? node_new(x, kind, n, right) : NULL;
	}
	return n;
}

struct node *parse_list(struct lex *x, int one_line)
{
	struct node *head = NULL, **tail = &head, *n;
	int more = 1;

	while (more) {
		if (!one_line)
			skip_newlines(x);
		if (x->failed || at_end(x) || x->token == T_NEWLINE)
			break;
		n = parse_and_or(x);
		if (!n)
			return NULL;
		more = x->token == T_AMP || x->token == T_SEMI || (x->token == T_NEWLINE && !one_line);
		if (x->token == T_AMP)
			n = node_new(x, N_ASYNC, n, NULL);
		if (more)
			lex_next(x);
		if (*tail) {
			*tail = node_new(x, N_SEQ, *tail, n);
			tail = &(*tail)->b;
		} else {
			*tail = n;
		}
	}
	return x->failed ? NULL : head;
}

struct node *parse_command(struct lex *x)
{
	struct node *n;

	x->inside = 0;
	x->here = NULL;
	lex_next(x);
	if (x->failed || x->token == T_END || x->token == T_NEWLINE)
		return NULL;
	n = parse_list(x, 1);
	if (!x->failed && x->token != T_NEWLINE && x->token != T_END)
		return unexpected(x);
	/* A here-document at the very end of the text has no newline before its (empty) body. */
	if (x->here)
		lex_here(x);
	return x->failed ? NULL : n;
}

void parse_subst(struct lex *x)
{
	enum token token = x->token;
	char *word = x->word;
	struct redir *redir = x->redir, *here = x->here;

	x->here = NULL;
	x->pos++;
	lex_next(x);
	parse_list(x, 0);
	if (!x->failed && x->token != T_RPAREN)
		unexpected(x);
	if (x->failed)
		return;
	x->token = token;
	x->word = word;
	x->redir = redir;
	x->here = here;
}
