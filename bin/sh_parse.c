/* SPDX-License-Identifier: ISC
 * The grammar: from tokens to a syntax tree, by recursive descent.  Allocates in the text's arena alone;
 * after the first mistake every function answers NULL. */
#include <ctype.h>
#include <string.h>
#include "sh.h"

#define NEST_MAX 200 /* compound commands inside one another */

static struct node *parse_list(struct lex *x, int one_line);
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

static struct node *node_new(struct lex *x, enum node_kind kind, struct node *a, struct node *b)
{
	struct node *n = arena_get(x->arena, sizeof *n);

	n->kind = kind;
	n->a = a;
	n->b = b;
	n->arena = x->arena;
	return n;
}

static int at_word(const struct lex *x, const char *text)
{
	return x->token == T_WORD && !strcmp(x->word, text);
}

static void skip_newlines(struct lex *x)
{
	while (x->token == T_NEWLINE)
		lex_next(x);
}

static struct node *unexpected(struct lex *x)
{
	static const char *const names[] = {
		"the end", "a newline", "", "`;'", "`&'", "`|'", "`('", "`)'", "`&&'", "`||'", "`;;'", "a redirection"};
	struct str text = {0};

	if (x->token == T_WORD)
		str_printf(&text, "unexpected `%s'", x->word);
	else
		str_printf(&text, "unexpected %s", names[x->token]);
	lex_fail(x, text.s);
	str_free(&text);
	return NULL;
}

/** Past the word that must come now. */
static int expect(struct lex *x, const char *text)
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

/** A list that must not be empty, as in `if LIST`. */
static struct node *parse_body(struct lex *x)
{
	struct node *n = parse_list(x, 0);

	return n || x->failed ? n : unexpected(x);
}

static struct word **word_add(struct lex *x, struct word **tail)
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

/** From after `if`. */
static struct node *parse_if(struct lex *x)
{
	struct node *n = node_new(x, N_IF, parse_body(x), NULL);

	if (!expect(x, "then"))
		return NULL;
	n->b = parse_body(x);
	if (at_word(x, "elif")) {
		lex_next(x);
		n->c = parse_if(x); /* which reads the fi */
		return n;
	}
	if (at_word(x, "else")) {
		lex_next(x);
		n->c = parse_body(x);
	}
	return expect(x, "fi") ? n : NULL;
}

static struct node *parse_do(struct lex *x)
{
	struct node *n;

	skip_newlines(x);
	if (!expect(x, "do"))
		return NULL;
	n = parse_body(x);
	return expect(x, "done") ? n : NULL;
}

static struct node *parse_while(struct lex *x, enum node_kind kind)
{
	struct node *n = node_new(x, kind, parse_body(x), NULL);

	n->b = parse_do(x);
	return n;
}

static struct node *parse_for(struct lex *x)
{
	struct node *n = node_new(x, N_FOR, NULL, NULL);
	struct word **tail = &n->words;

	if (x->token != T_WORD || !name_valid(x->word, strlen(x->word)))
		return unexpected(x);
	n->name = x->word;
	lex_next(x);
	skip_newlines(x);
	if (at_word(x, "in")) {
		n->listed = 1;
		for (lex_next(x); x->token == T_WORD; lex_next(x))
			tail = word_add(x, tail);
		if (x->token != T_SEMI && x->token != T_NEWLINE)
			return unexpected(x);
	}
	if (x->token == T_SEMI)
		lex_next(x);
	n->b = parse_do(x);
	return n;
}

static struct case_item *parse_item(struct lex *x)
{
	struct case_item *item = arena_get(x->arena, sizeof *item);
	struct word **tail = &item->patterns;

	if (x->token == T_LPAREN)
		lex_next(x);
	for (;;) {
		if (x->token != T_WORD)
			break;
		tail = word_add(x, tail);
		lex_next(x);
		if (x->token != T_PIPE)
			break;
		lex_next(x);
	}
	if (x->token != T_RPAREN) {
		unexpected(x);
		return NULL;
	}
	lex_next(x);
	item->body = parse_list(x, 0);
	if (x->token == T_DSEMI)
		lex_next(x);
	else if (!at_word(x, "esac"))
		unexpected(x);
	skip_newlines(x);
	return item;
}

static struct node *parse_case(struct lex *x)
{
	struct node *n = node_new(x, N_CASE, NULL, NULL);
	struct case_item **tail = &n->items;

	if (x->token != T_WORD)
		return unexpected(x);
	word_add(x, &n->words);
	lex_next(x);
	skip_newlines(x);
	if (!expect(x, "in"))
		return NULL;
	skip_newlines(x);
	while (!x->failed && !at_word(x, "esac")) {
		*tail = parse_item(x);
		if (!*tail)
			return NULL;
		tail = &(*tail)->next;
	}
	return expect(x, "esac") ? n : NULL;
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

static struct node *parse_group(struct lex *x)
{
	struct node *n;

	if (x->token == T_LPAREN) {
		lex_next(x);
		n = node_new(x, N_SUB, parse_body(x), NULL);
		if (x->token != T_RPAREN)
			return x->failed ? NULL : unexpected(x);
		lex_next(x);
		return n;
	}
	lex_next(x);
	n = node_new(x, N_GROUP, parse_body(x), NULL);
	return expect(x, "}") ? n : NULL;
}

/** A compound command; NULL if none begins here. */
static struct node *parse_compound(struct lex *x)
{
	static const char *const words[] = {"if", "while", "until", "for", "case"};
	size_t i;

	if (x->token == T_LPAREN || at_word(x, "{"))
		return parse_group(x);
	for (i = 0; i < sizeof words / sizeof *words; i++)
		if (at_word(x, words[i]))
			break;
	if (i == sizeof words / sizeof *words)
		return NULL;
	lex_next(x);
	switch (i) {
	case 0:
		return parse_if(x);
	case 1:
		return parse_while(x, N_WHILE);
	case 2:
		return parse_while(x, N_UNTIL);
	case 3:
		return parse_for(x);
	default:
		return parse_case(x);
	}
}

/** One stage of a pipeline. */
static struct node *parse_element(struct lex *x)
{
	struct redir **tail;
	struct node *n;

	if (x->depth > NEST_MAX) {
		lex_fail(x, "nested too deeply");
		return NULL;
	}
	x->depth++;
	n = parse_compound(x);
	x->depth--;
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

		lex_next(x);
		skip_newlines(x);
		n = node_new(x, kind, n, parse_pipeline(x));
		if (!n->b)
			return NULL;
	}
	return n;
}

/** Commands up to the end of the list, or of the line.  The tree grows to the right. */
static struct node *parse_list(struct lex *x, int one_line)
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
