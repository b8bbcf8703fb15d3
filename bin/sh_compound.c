/* SPDX-License-Identifier: ISC
 * The grammar of compound commands: if, while, until, for, case, groups and subshells. */
#include <string.h>
#include "sh_parse.h"

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

struct node *parse_compound(struct lex *x)
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
