/* SPDX-License-Identifier: ISC
 * How far the quoted and substituted parts of a word reach.  Only measures: the expander reads the same
 * bytes again and acts. */
#include <string.h>
#include "sh.h"

void span_escape(struct lex *x)
{
	x->pos++;
	if (lex_fill(x))
		x->pos++;
}

void span_single(struct lex *x)
{
	for (x->pos++; lex_fill(x); x->pos++) {
		if (x->text.s[x->pos] != '\'')
			continue;
		x->pos++;
		return;
	}
	lex_fail(x, "a ' is not closed");
}

void span_double(struct lex *x)
{
	x->pos++;
	if (stack_is_low())
		lex_fail(x, "nested too deeply");
	while (!x->failed && lex_fill(x)) {
		int c = x->text.s[x->pos];

		if (c == '"') {
			x->pos++;
			return;
		}
		if (c == '\\')
			span_escape(x);
		else if (c == '$')
			span_dollar(x, 1);
		else if (c == '`')
			span_backquote(x);
		else
			x->pos++;
	}
	lex_fail(x, "a \" is not closed");
}

void span_backquote(struct lex *x)
{
	x->pos++;
	while (lex_fill(x)) {
		int c = x->text.s[x->pos];

		if (c == '\\') {
			span_escape(x);
			continue;
		}
		x->pos++;
		if (c == '`')
			return;
	}
	lex_fail(x, "a ` is not closed");
}

/** Past `((…))`, x->pos at its first byte. */
static void span_arith(struct lex *x)
{
	int depth = 0;

	while (lex_fill(x)) {
		int c = x->text.s[x->pos++];

		if (c == '(')
			depth++;
		if (c == ')' && --depth == 0)
			return;
	}
	lex_fail(x, "a $(( is not closed");
}

/** Past `{…}`, x->pos at its first byte. */
static void span_brace(struct lex *x, int quoted)
{
	x->pos++;
	while (!x->failed && lex_fill(x)) {
		int c = x->text.s[x->pos];

		if (c == '}') {
			x->pos++;
			return;
		}
		if (c == '\\')
			span_escape(x);
		else if (c == '\'' && !quoted)
			span_single(x);
		else if (c == '"')
			span_double(x);
		else if (c == '$')
			span_dollar(x, quoted);
		else if (c == '`')
			span_backquote(x);
		else
			x->pos++;
	}
	lex_fail(x, "a ${ is not closed");
}

void span_dollar(struct lex *x, int quoted)
{
	const char *s;

	x->pos++;
	if (x->pos >= x->text.n)
		return;
	if (stack_is_low()) {
		lex_fail(x, "nested too deeply");
		return;
	}
	s = x->text.s + x->pos;
	if (*s == '$')
		x->pos++;
	else if (*s == '{')
		span_brace(x, quoted);
	else if (s[0] == '(' && s[1] == '(')
		span_arith(x);
	else if (*s == '(')
		parse_subst(x);
}

/* What the parser let pass is well formed; a here-document's body is read here first. */
size_t span_length(const char *text, size_t n, int quoted)
{
	/* The text is only looked at: nobody adds to it, nobody frees it. */
	struct lex x = {.text = {.s = (char *)(uintptr_t)text, .n = n}, .arena = arena_new()};

	if (*text == '`')
		span_backquote(&x);
	else if (*text == '"')
		span_double(&x);
	else
		span_dollar(&x, quoted);
	arena_drop(x.arena);
	if (x.failed)
		flow_fail();
	return x.pos < n ? x.pos : n;
}
