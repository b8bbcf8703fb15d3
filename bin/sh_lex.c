/* SPDX-License-Identifier: ISC
 * From bytes to tokens: words as they are written, operators, redirections.  Quotes are kept; what they
 * mean is the expander's business. */
#include <ctype.h>
#include <string.h>
#include "sh.h"

void lex_init(struct lex *x, const char *text, size_t n)
{
	memset(x, 0, sizeof *x);
	str_add(&x->text, text, n);
}

void lex_free(struct lex *x)
{
	str_free(&x->text);
}

int lex_fill(struct lex *x)
{
	while (x->pos >= x->text.n)
		if (mem_is_out() || !x->more || !x->more(x, x->inside))
			return 0;
	return 1;
}

/** Nothing more is read. */
static void lex_end(struct lex *x)
{
	x->failed = 1;
	x->token = T_END;
	x->pos = x->text.n;
}

void lex_fail(struct lex *x, const char *what)
{
	if (!x->failed && !mem_is_out())
		complain("syntax error: %s", what);
	lex_end(x);
}

/** The byte `ahead` past the present one, 0 at the end. */
static int lex_peek(struct lex *x, size_t ahead)
{
	size_t at = x->pos;
	int c = 0;

	x->pos += ahead;
	if (lex_fill(x))
		c = (unsigned char)x->text.s[x->pos];
	x->pos = at;
	return c;
}

/** Past blanks, joined lines and comments. */
static void lex_skip(struct lex *x)
{
	while (lex_fill(x)) {
		int c = (unsigned char)x->text.s[x->pos];

		if (c == '\\' && lex_peek(x, 1) == '\n') {
			x->pos += 2;
		} else if (c == '#') {
			while (x->pos < x->text.n && x->text.s[x->pos] != '\n')
				x->pos++;
		} else if (c == ' ' || c == '\t' || c == '\r') {
			x->pos++;
		} else {
			return;
		}
	}
}

static const struct operator
{
	const char *text;
	enum token token;
	enum redir_op op;
}
operators[] = {
	{"&&", T_AND_IF, R_IN},
	{"||", T_OR_IF, R_IN},
	{";;", T_DSEMI, R_IN},
	{"<<-", T_REDIR, R_HERE_TABS},
	{"<<", T_REDIR, R_HERE},
	{"<&", T_REDIR, R_DUP},
	{"<>", T_REDIR, R_INOUT},
	{">>", T_REDIR, R_APPEND},
	{">&", T_REDIR, R_DUP},
	{">|", T_REDIR, R_OUT},
	{"<", T_REDIR, R_IN},
	{">", T_REDIR, R_OUT},
	{"&", T_AMP, R_IN},
	{"|", T_PIPE, R_IN},
	{";", T_SEMI, R_IN},
	{"(", T_LPAREN, R_IN},
	{")", T_RPAREN, R_IN},
	{"\n", T_NEWLINE, R_IN},
};

static const struct operator* operator_at(struct lex *x)
{
	size_t i, k;

	for (i = 0; i < sizeof operators / sizeof *operators; i++) {
		const char *text = operators[i].text;

		/* Never asks for a line more than the operator needs: a newline is always the last byte. */
		for (k = 0; text[k] && x->pos + k < x->text.n && x->text.s[x->pos + k] == text[k]; k++)
			;
		if (!text[k])
			return &operators[i];
	}
	return NULL;
}

static void lex_operator(struct lex *x, const struct operator* op, int fd)
{
	int out = op->text[0] == '>';

	x->pos += strlen(op->text);
	x->token = op->token;
	if (op->token == T_NEWLINE)
		lex_here(x);
	if (op->token != T_REDIR)
		return;
	x->redir = arena_get(x->arena, sizeof *x->redir);
	x->redir->op = op->op;
	x->redir->fd = fd >= 0 ? fd : out;
}

static void lex_word(struct lex *x)
{
	size_t from = x->pos;

	while (!x->failed && lex_fill(x)) {
		int c = (unsigned char)x->text.s[x->pos];

		if (strchr(" \t\r\n;&|<>()", c) && c)
			break;
		if (c == '\\')
			span_escape(x);
		else if (c == '\'')
			span_single(x);
		else if (c == '"')
			span_double(x);
		else if (c == '$')
			span_dollar(x, 0);
		else if (c == '`')
			span_backquote(x);
		else
			x->pos++;
	}
	if (x->failed)
		return;
	x->token = T_WORD;
	x->word = arena_text(x->arena, x->text.s + from, x->pos - from);
	if (mem_is_out())
		lex_end(x);
}

void lex_next(struct lex *x)
{
	const struct operator* op;
	int fd = -1;

	if (x->failed)
		return;
	if (stack_is_low())
		lex_fail(x, "nested too deeply");
	else if (mem_is_out())
		lex_end(x);
	if (x->failed)
		return;
	lex_skip(x);
	if (x->pos >= x->text.n) {
		x->token = T_END;
		return;
	}
	x->inside = 1;
	if (isdigit((unsigned char)x->text.s[x->pos]) && x->pos + 1 < x->text.n &&
		strchr("<>", x->text.s[x->pos + 1])) {
		fd = x->text.s[x->pos] - '0';
		x->pos++;
	}
	op = operator_at(x);
	if (op)
		lex_operator(x, op, fd);
	else
		lex_word(x);
}
